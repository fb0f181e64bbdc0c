import { refuse, succeed, type Result } from '../result'
import { applyFilters, inOutput, type Effort, type Filtered } from './apply-filters'
import { textOf } from './filter'
import { templateLimits } from './limits'
import { hasNoValue, lookUp, missing } from './look-up'
import {
  namesOfPart,
  type FlowPart,
  type Template,
  type TemplateContext,
  type TemplatePart,
  type TemplateScope,
  type VariablePart,
} from './template'

/** Puts values into a parsed template. What is unknown or missing is refused by its name, before anything is sent. */

/** Renders with every value as it is. An optional variable without value becomes empty text. */
export function renderTemplate(
  template: Template,
  scope: TemplateScope,
  context: TemplateContext = {},
): Result<string> {
  return renderParts(template.parts, scope, context, (text) => succeed(text))
}

/**
 * Renders, or gives null where the text names an optional variable that has no value: the parameter is then left out
 * (DATA §3).
 */
export function renderUnlessEmpty(
  template: Template,
  scope: TemplateScope,
  context: TemplateContext = {},
): Result<string | null> {
  const filled = fillParts(template.parts, scope, context, (text) => succeed(text))
  return filled.ok ? succeed(filled.value.missing ? null : filled.value.text) : filled
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

/** How a value is written at its place; refuses a value that cannot be written there. */
export type Encoder = (text: string, part: VariablePart | FlowPart) => Result<string>

/** Renders parts with each value, and only values, encoded for their place. */
export function renderParts(
  parts: readonly TemplatePart[],
  scope: TemplateScope,
  context: TemplateContext,
  encode: Encoder,
): Result<string> {
  const filled = fillParts(parts, scope, context, encode)
  return filled.ok ? succeed(filled.value.text) : filled
}

type Filled = { text: string; missing: boolean }

function fillParts(
  parts: readonly TemplatePart[],
  scope: TemplateScope,
  context: TemplateContext,
  encode: Encoder,
): Result<Filled> {
  const effort: Effort = { work: 0 }
  const filled: Filled = { text: '', missing: false }
  for (const part of parts) {
    const value = part.kind === 'text' ? succeed(part.text) : valueOfPart(part, scope, context, effort)
    if (!value.ok) return value
    filled.missing ||= value.value === null
    const written =
      part.kind === 'text' || value.value === null ? succeed(value.value ?? '') : encode(value.value, part)
    if (!written.ok) return written
    filled.text += written.value
    if (filled.text.length > templateLimits.rendered) {
      return refuse(
        'template_limit',
        `The text becomes longer than ${templateLimits.rendered} characters once its values are in.`,
      )
    }
  }
  return succeed(filled)
}

/** The value of one output after its filters; null for an optional variable without value. */
export function valueOfPart(
  part: VariablePart | FlowPart,
  scope: TemplateScope,
  context: TemplateContext,
  effort: Effort = { work: 0 },
): Result<string | null> {
  if (part.kind === 'flow') return flowValue(part.reference, context)
  const found = lookUp(part.name, scope, context)
  if (!found.ok) return found
  const start: Filtered = hasNoValue(found.value, part)
    ? { value: null, secret: false, piece: false }
    : { value: found.value.value, secret: found.value.secret, piece: found.value.piece ?? false }
  const filtered = applyFilters(start, part, { scope, context, effort })
  if (!filtered.ok) return filtered
  const { value, secret, piece } = filtered.value
  if (value === null) return found.value.required ? missing(part.name, found.value.label) : succeed(null)
  const text = textOf(value)
  if (!text.ok) return inOutput(text.error, part, part.filters.at(-1)?.name)
  if (secret && text.value !== '') context.onSecret?.(text.value, piece)
  return text
}

/**
 * Whether the output leads where the definition does not say by itself: a value out of a token answer or a callback is
 * in it, or a computed one, whose template nobody confirms. It may be part of a host only within the allowed hosts
 * (DATA §6).
 */
export function isLearned(part: VariablePart, scope: TemplateScope, context: TemplateContext): boolean {
  return namesOfPart(part).some((name) => {
    const found = lookUp(name, scope, context)
    return found.ok && found.value.learned === true
  })
}

function flowValue(reference: string, context: TemplateContext): Result<string | null> {
  const value = context.flow?.(reference)
  if (value !== undefined) return succeed(value)
  return refuse(
    'missing_value',
    `[[${reference}]] has no value: it comes from a flow that is running, and this request has no such payload.`,
  )
}
