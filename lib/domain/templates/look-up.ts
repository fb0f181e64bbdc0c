import { nearestName } from '../nearest-name'
import { refuse, succeed, type Result } from '../result'
import {
  isReservedName,
  isStepName,
  reservedNames,
  type ReservedName,
  type ScopedValue,
  type TemplateContext,
  type TemplateScope,
  type VariablePart,
} from './template'

/** Looks up the names in templates. An unknown name is refused. */

/** `mayBeEmpty`: empty text is a valid value, such as the body of a request without a body. */
export type Found = ScopedValue & { mayBeEmpty?: true }

/** An empty computed value counts as missing if it is used alone; a filter gets its empty text. */
export function hasNoValue({ value, mayBeEmpty }: Found, part: VariablePart): boolean {
  return value === '' && !(mayBeEmpty && (part.filters.length > 0 || isReservedName(part.name)))
}

export function lookUp(name: string, scope: TemplateScope, context: TemplateContext): Result<Found> {
  const reserved = isReservedName(name) ? reservedValue(name, context) : undefined
  if (reserved) return succeed(reserved)
  if (isStepName(name)) return stepValue(name, context)
  const derived = context.derived?.(name)
  if (derived) return derived.ok ? succeed({ ...derived.value, untrusted: true, mayBeEmpty: true }) : derived
  if (isReservedName(name)) return unavailable(name)
  const entry = scope.get(name)
  if (entry) return succeed(entry)
  const near = nearestName(name, [...scope.keys(), ...reservedNames, ...(context.steps?.keys() ?? [])])
  const hint = near ? ` Did you mean {{ ${near} }}?` : ' Add it as a variable, or correct the name.'
  return refuse('unknown_variable', `Unknown variable: ${name}.${hint}`)
}

/** Values of a token response, which may contain anything. */
const untrustedNames: readonly ReservedName[] = ['access_token', 'refresh_token', 'token_type']
const secretNames: readonly ReservedName[] = ['access_token', 'refresh_token', 'signed_jwt']
const emptyNames: readonly ReservedName[] = ['request_query', 'request_body']

function reservedValue(name: ReservedName, { reserved = {} }: TemplateContext): Found | undefined {
  const value = Object.hasOwn(reserved, name) ? reserved[name] : undefined
  if (value === undefined) return undefined
  const found: Found = {
    value,
    required: true,
    secrecy: secretNames.includes(name) ? 'whole' : 'none',
    label: name,
    untrusted: untrustedNames.includes(name),
  }
  return emptyNames.includes(name) ? { ...found, mayBeEmpty: true } : found
}

function stepValue(name: string, { steps }: TemplateContext): Result<Found> {
  const value = steps?.get(name)
  if (value !== undefined) return succeed({ value, required: true, secrecy: 'whole', label: name, untrusted: true })
  const [step = '', key = ''] = name.split('.')
  const number = step.slice('step'.length)
  return refuse(
    'unknown_variable',
    `{{ ${name} }} is available only in the token requests after request ${number}, and only if that request extracts ${key} from its response.`,
  )
}

const availability: Partial<Record<ReservedName, string>> = {
  request_method: 'in the headers, parameters and body of a request, but not in its URL',
  request_url: 'in the headers, parameters and body of a request, but not in its URL',
  request_host: 'in the headers, parameters and body of a request, but not in its URL',
  request_path: 'in the headers, parameters and body of a request, but not in its URL',
  request_query: 'in a signature, and in computed values that only a signature uses',
  request_body: 'in a signature, and in computed values that only a signature uses',
  redirect_uri: 'in the authorise URL, in the token requests after it, and in a refresh',
}

/**
 * A token that is missing is empty, so that `default` may replace it. A part of the request that is not available yet is
 * a mistake in the definition.
 */
function unavailable(name: ReservedName): Result<Found> {
  const where = availability[name]
  if (where) return refuse('unknown_variable', `${name} is not available here. Use it ${where}.`)
  return succeed({ value: '', required: true, secrecy: 'none', label: name })
}

export function missing(name: string, label: string): Result<never> {
  const named = label === name || label === '' ? name : `${label} (${name})`
  return refuse('missing_value', `${named} has no value, but the request needs one.`)
}
