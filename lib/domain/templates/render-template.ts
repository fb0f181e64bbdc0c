import { nearestName } from '../nearest-name'
import { refuse, succeed, type Result } from '../result'
import { textOf, type FilterValue } from './filter'
import { filters, type FilterName } from './filters'
import { templateLimits } from './limits'
import { tooLong } from './text-filters'
import {
  isReservedName,
  isStepName,
  namesOfPart,
  problemOfArgument,
  reservedNames,
  type FilterCall,
  type FlowPart,
  type ReservedName,
  type ScopedValue,
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

/** What the filters of one text have read so far. */
type Effort = { work: number }

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

/** Nothing has no base64 and no JSON: without a value only `default` gives one. A secret makes a secret of whatever it gets into. */
type Filtered = { value: FilterValue | null; secret: boolean; piece: boolean }
type Surroundings = { scope: TemplateScope; context: TemplateContext; effort: Effort }

function applyFilters(start: Filtered, part: VariablePart, surroundings: Surroundings): Result<Filtered> {
  let current = start
  for (const call of part.filters) {
    const isNeeded =
      call.name === 'default' ? current.value === null || current.value.length === 0 : current.value !== null
    if (!isNeeded) {
      const known = checkNames(call, surroundings)
      if (!known.ok) return known
      continue
    }
    const next = applyFilter(current, call, surroundings)
    if (!next.ok) return inOutput(next.error, part, call.name)
    current = next.value
  }
  return succeed(current)
}

/** A misspelt name is told also where its filter has nothing to do this time. */
function checkNames({ given }: FilterCall, { scope, context }: Surroundings): Result<null> {
  for (const argument of given) {
    const found = argument.kind === 'name' ? lookUp(argument.name, scope, context) : succeed(null)
    if (!found.ok && found.error.code === 'unknown_variable') return found
  }
  return succeed(null)
}

/** What they leave of a secret may be so little that it can be guessed. */
const cuttingFilters: readonly FilterName[] = ['slice', 'split', 'replace', 'remove', 'digits', 'date']

function applyFilter(
  { value, secret, piece }: Filtered,
  call: FilterCall,
  { scope, context, effort }: Surroundings,
): Result<Filtered> {
  const filter = filters[call.name]
  const given = readArguments(call, scope, context)
  if (!given.ok) return given
  effort.work += (value?.length ?? 0) + (filter.cost ?? 0)
  if (effort.work > templateLimits.work)
    return refuse('template_limit', 'the filters of this text have too much to do.')
  const made = filter.apply(value ?? '', given.value.texts, { signer: context.signer })
  if (!made.ok) return made
  if (made.value.length > templateLimits.rendered) return refuse('template_limit', tooLong)
  const isNothing = call.name === 'default' && made.value === ''
  const hidden = secret || given.value.secret
  const cut = hidden && cuttingFilters.includes(call.name)
  return succeed({ value: isNothing ? null : made.value, secret: hidden, piece: piece || given.value.piece || cut })
}

function readArguments(
  { name, given }: FilterCall,
  scope: TemplateScope,
  context: TemplateContext,
): Result<{ texts: string[]; secret: boolean; piece: boolean }> {
  const texts: string[] = []
  let secret = false
  let piece = false
  for (const [index, parameter] of filters[name].parameters.entries()) {
    const argument = given[index]
    if (argument?.kind !== 'name') {
      texts.push(argument?.text ?? parameter.fallback ?? '')
      continue
    }
    const found = lookUp(argument.name, scope, context)
    if (!found.ok) return found
    const { value, label, required } = found.value
    if (value === '' && (required || parameter.key) && !found.value.mayBeEmpty) return missing(argument.name, label)
    const problem = problemOfArgument(parameter, value)
    // A problem may quote what it found.
    if (problem !== null)
      return refuse('invalid_value', `${argument.name} cannot be used here${found.value.secret ? '.' : `: ${problem}`}`)
    texts.push(value)
    secret ||= found.value.secret && value !== ''
    piece ||= found.value.piece === true
  }
  return succeed({ texts, secret, piece })
}

/** Says which output it was. Messages of filters begin with a small letter, and never quote a value. */
function inOutput(
  { code, message }: { code: Parameters<typeof refuse>[0]; message: string },
  { name }: VariablePart,
  filter = '',
): Result<never> {
  if (code === 'missing_value' || code === 'unknown_variable') return refuse(code, message)
  return refuse(code, `{{ ${name} | ${filter} }}: ${message}`)
}

function flowValue(reference: string, context: TemplateContext): Result<string | null> {
  const value = context.flow?.(reference)
  if (value !== undefined) return succeed(value)
  return refuse(
    'missing_value',
    `[[${reference}]] has no value: it comes from a flow that is running, and this request has no such payload.`,
  )
}

/** `mayBeEmpty`: empty text is what it is, as the body of a request without one. */
type Found = ScopedValue & { mayBeEmpty?: true }

/** A computed value without text counts as none where it stands alone; a filter works on its empty text. */
function hasNoValue({ value, mayBeEmpty }: Found, part: VariablePart): boolean {
  return value === '' && !(mayBeEmpty && (part.filters.length > 0 || isReservedName(part.name)))
}

function lookUp(name: string, scope: TemplateScope, context: TemplateContext): Result<Found> {
  const reserved = isReservedName(name) ? reservedValue(name, context) : undefined
  if (reserved) return succeed(reserved)
  if (isStepName(name)) return stepValue(name, context)
  const derived = context.derived?.(name)
  if (derived) return derived.ok ? succeed({ ...derived.value, learned: true, mayBeEmpty: true }) : derived
  if (isReservedName(name)) return notHere(name)
  const entry = scope.get(name)
  if (entry) return succeed(entry)
  const near = nearestName(name, [...scope.keys(), ...reservedNames, ...(context.steps?.keys() ?? [])])
  const hint = near ? ` Did you mean {{ ${near} }}?` : ' Add it as a variable, or correct the name.'
  return refuse('unknown_variable', `There is no variable ${name}.${hint}`)
}

/** From a token answer, which may say anything. */
const learnedNames: readonly ReservedName[] = ['access_token', 'refresh_token', 'token_type']
const secretNames: readonly ReservedName[] = ['access_token', 'refresh_token', 'signed_jwt']
const emptyNames: readonly ReservedName[] = ['request_query', 'request_body']

function reservedValue(name: ReservedName, { reserved = {} }: TemplateContext): Found | undefined {
  const value = Object.hasOwn(reserved, name) ? reserved[name] : undefined
  if (value === undefined) return undefined
  const found: Found = {
    value,
    required: true,
    secret: secretNames.includes(name),
    label: name,
    learned: learnedNames.includes(name),
  }
  return emptyNames.includes(name) ? { ...found, mayBeEmpty: true } : found
}

function stepValue(name: string, { steps }: TemplateContext): Result<Found> {
  const value = steps?.get(name)
  if (value !== undefined) return succeed({ value, required: true, secret: true, label: name, learned: true })
  const [step = '', key = ''] = name.split('.')
  const number = step.slice('step'.length)
  return refuse(
    'unknown_variable',
    `{{ ${name} }} is known once token request ${number} has taken ${key} from its answer, in the token requests after it.`,
  )
}

const places: Partial<Record<ReservedName, string>> = {
  request_method: 'where a request is made, and not in its address',
  request_url: 'where a request is made, and not in its address',
  request_host: 'where a request is made, and not in its address',
  request_path: 'where a request is made, and not in its address',
  request_query: 'in a signature, and in computed values that only a signature uses',
  request_body: 'in a signature, and in computed values that only a signature uses',
  redirect_uri: 'while a person authorises: in the authorise URL and in the token requests after it',
}

/** Without a token `default` may still give something; a part of the request that is not known yet is a mistake of the definition. */
function notHere(name: ReservedName): Result<Found> {
  const place = places[name]
  if (place) return refuse('unknown_variable', `${name} has no value here. It is known ${place}.`)
  return succeed({ value: '', required: true, secret: false, label: name })
}

function missing(name: string, label: string): Result<never> {
  const named = label === name || label === '' ? name : `${label} (${name})`
  return refuse('missing_value', `${named} has no value, and the request cannot be made without it.`)
}
