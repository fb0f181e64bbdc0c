import { refuse, succeed, type Result } from './result'
import { filters } from './template-filters'
import {
  isReservedName,
  reservedNames,
  templateLimits,
  type FilterCall,
  type FlowPart,
  type ScopedValue,
  type Template,
  type TemplateContext,
  type TemplatePart,
  type TemplateScope,
  type VariablePart,
} from './templates'
import { nearestName } from './nearest-name'

/** Puts values into a parsed template. What is unknown or missing is refused by its name, before anything is sent. */

/** Renders with every value as it is. An optional variable without value becomes empty text. */
export function renderTemplate(template: Template, scope: TemplateScope, context: TemplateContext = {}): Result<string> {
  return renderParts(template.parts, scope, context, (text) => succeed(text))
}

/**
 * Renders, or gives null where the text names an optional variable that has no value: the parameter is then left out
 * (DATA §3).
 */
export function renderUnlessEmpty(template: Template, scope: TemplateScope, context: TemplateContext = {}): Result<string | null> {
  const empty = namesMissingValue(template.parts, scope, context)
  if (!empty.ok) return empty
  return empty.value ? succeed(null) : renderTemplate(template, scope, context)
}

/** Whether one of the parts is an optional variable without value. Refuses what is unknown or required and empty. */
export function namesMissingValue(parts: readonly TemplatePart[], scope: TemplateScope, context: TemplateContext): Result<boolean> {
  let missing = false
  for (const part of parts) {
    if (part.kind === 'text') continue
    const value = valueOfPart(part, scope, context)
    if (!value.ok) return value
    missing ||= value.value === null
  }
  return succeed(missing)
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
  let rendered = ''
  for (const part of parts) {
    const written = part.kind === 'text' ? succeed(part.text) : writeValue(part, scope, context, encode)
    if (!written.ok) return written
    rendered += written.value
    if (rendered.length > templateLimits.rendered) {
      return refuse('template_limit', `The text becomes longer than ${templateLimits.rendered} characters once its values are in.`)
    }
  }
  return succeed(rendered)
}

function writeValue(part: VariablePart | FlowPart, scope: TemplateScope, context: TemplateContext, encode: Encoder): Result<string> {
  const value = valueOfPart(part, scope, context)
  if (!value.ok) return value
  return value.value === null ? succeed('') : encode(value.value, part)
}

/** The value of one output after its filters; null for an optional variable without value. */
export function valueOfPart(part: VariablePart | FlowPart, scope: TemplateScope, context: TemplateContext): Result<string | null> {
  if (part.kind === 'flow') return flowValue(part.reference, context)
  const found = lookUp(part.name, scope, context)
  if (!found.ok) return found
  const text = applyFilters(found.value.value, part.filters)
  if (text === '' && found.value.value === '' && found.value.required) return missing(part.name, found.value.label)
  if (text === '' && found.value.value === '') return succeed(null)
  if (found.value.secret && found.value.value !== '') context.onSecret?.(text)
  return succeed(text)
}

function applyFilters(value: string, calls: readonly FilterCall[]): string {
  // Nothing has no base64 and no JSON: without a value only `default` can give one.
  return calls.reduce((text, call) => (text === '' && call.name !== 'default' ? '' : filters[call.name].apply(text, call.argument)), value)
}

function flowValue(reference: string, context: TemplateContext): Result<string | null> {
  const value = context.flow?.(reference)
  if (value !== undefined) return succeed(value)
  return refuse(
    'missing_value',
    `[[${reference}]] has no value: it comes from a flow that is running, and this request has no such payload.`,
  )
}

function lookUp(name: string, scope: TemplateScope, context: TemplateContext): Result<ScopedValue> {
  const made = isReservedName(name) && name !== 'signed_jwt' ? undefined : context.derived?.(name)
  if (made) return made
  if (isReservedName(name)) {
    const value = Object.hasOwn(context.reserved ?? {}, name) ? (context.reserved?.[name] ?? '') : ''
    return succeed({ value, required: true, secret: name.endsWith('_token'), label: name })
  }
  const entry = scope.get(name)
  if (entry) return succeed(entry)
  const near = nearestName(name, [...scope.keys(), ...reservedNames])
  const hint = near ? ` Did you mean {{ ${near} }}?` : ' Add it as a variable, or correct the name.'
  return refuse('unknown_variable', `There is no variable ${name}.${hint}`)
}

function missing(name: string, label: string): Result<never> {
  const named = label === name || label === '' ? name : `${label} (${name})`
  return refuse('missing_value', `${named} has no value, and the request cannot be made without it.`)
}
