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

/** The value of an output of a template, and what is known about it before rendering. */

/** The value of an output after its filters; null for an optional variable without a value. */
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
  if (typeof value === 'string') return succeed(plain(value))
  if (value === undefined) return missingFlowValue(reference, Boolean(context.flow))
  if (value !== null) return { ok: false, error: value }
  return refuse(
    'missing_value',
    `[[${reference}]] is null, which no text can have. In a JSON body, write it without quotes to send null.`,
  )
}

function missingFlowValue(reference: string, isInFlow: boolean): Result<never> {
  const [root = ''] = /^\w+/.exec(reference) ?? []
  const where = root === 'payload' ? 'It is missing in this payload.' : 'It is missing in this run.'
  return refuse(
    'missing_value',
    `[[${reference}]] has no value. ${isInFlow ? where : 'It comes from a running flow, and this request is not part of one.'}`,
  )
}

/**
 * Whether the output contains a value from a token response or a callback, or a computed value, whose template nobody
 * confirms. Such a value may be part of a host only within the allowed hosts (DATA §6).
 */
export function isUntrusted(part: VariablePart, scope: TemplateScope, context: TemplateContext): boolean {
  return namesOfPart(part).some((name) => {
    const found = lookUp(name, scope, context)
    return found.ok && found.value.untrusted === true
  })
}

/** Whether one of the parts is an optional variable without a value. Refuses unknown variables and missing values. */
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
    // Avoids signing only to find out that there will be a signature.
    if (!hasNoValue(found.value, part)) return succeed(false)
  }
  const value = valueOfPart(part, scope, context)
  return value.ok ? succeed(value.value === null) : value
}
