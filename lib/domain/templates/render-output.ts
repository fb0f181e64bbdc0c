import { refuse, succeed, type Result } from '../result'
import { plain, type Rendered } from '../secrecy'
import { applyFilters, inOutput, type Effort, type Filtered } from './apply-filters'
import { textOf } from './filter'
import { hasNoValue, lookUp, missing } from './look-up'
import {
  namesOfPart,
  type FlowPart,
  type TemplateContext,
  type TemplatePart,
  type TemplateScope,
  type VariablePart,
} from './template'

/** The value of one output of a template, and what is known of it before it is rendered. */

/** The value of one output after its filters; null for an optional variable without value. */
export function valueOfPart(
  part: VariablePart | FlowPart,
  scope: TemplateScope,
  context: TemplateContext,
  effort: Effort = { work: 0 },
): Result<Rendered | null> {
  if (part.kind === 'flow') return flowValue(part.reference, context)
  const found = lookUp(part.name, scope, context)
  if (!found.ok) return found
  const start: Filtered = hasNoValue(found.value, part)
    ? { value: null, secrecy: 'none' }
    : { value: found.value.value, secrecy: found.value.secrecy }
  const filtered = applyFilters(start, part, { scope, context, effort })
  if (!filtered.ok) return filtered
  const { value, secrecy } = filtered.value
  if (value === null) return found.value.required ? missing(part.name, found.value.label) : succeed(null)
  const text = textOf(value)
  if (!text.ok) return inOutput(text.error, part, part.filters.at(-1)?.name)
  const rendered: Rendered = text.value === '' ? plain('') : { text: text.value, secrecy }
  context.secrets?.add(rendered)
  return succeed(rendered)
}

function flowValue(reference: string, context: TemplateContext): Result<Rendered> {
  const value = context.flow?.(reference)
  if (value !== undefined) return succeed(plain(value))
  return refuse(
    'missing_value',
    `[[${reference}]] has no value: it comes from a flow that is running, and this request has no such payload.`,
  )
}

/**
 * Whether the output leads where the definition does not say by itself: a value out of a token answer or a callback is
 * in it, or a computed one, whose template nobody confirms. It may be part of a host only within the allowed hosts
 * (DATA §6).
 */
export function isUntrusted(part: VariablePart, scope: TemplateScope, context: TemplateContext): boolean {
  return namesOfPart(part).some((name) => {
    const found = lookUp(name, scope, context)
    return found.ok && found.value.untrusted === true
  })
}

/** Whether one of the parts is an optional variable without value. Refuses what is unknown or required and empty. */
export function namesMissingValue(
  parts: readonly TemplatePart[],
  scope: TemplateScope,
  context: TemplateContext,
): Result<boolean> {
  let missing = false
  for (const part of parts) {
    if (part.kind === 'text') continue
    const absent = isAbsent(part, scope, context)
    if (!absent.ok) return absent
    missing ||= absent.value
  }
  return succeed(missing)
}

function isAbsent(part: VariablePart | FlowPart, scope: TemplateScope, context: TemplateContext): Result<boolean> {
  if (part.kind === 'variable') {
    const found = lookUp(part.name, scope, context)
    if (!found.ok) return found
    // A signature need not be made only to know that there will be one.
    if (!hasNoValue(found.value, part)) return succeed(false)
  }
  const value = valueOfPart(part, scope, context)
  return value.ok ? succeed(value.value === null) : value
}
