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

/** What a name in a template stands for; a name that nothing has is refused. */

/** `mayBeEmpty`: empty text is what it is, as the body of a request without one. */
export type Found = ScopedValue & { mayBeEmpty?: true }

/** A computed value without text counts as none where it stands alone; a filter works on its empty text. */
export function hasNoValue({ value, mayBeEmpty }: Found, part: VariablePart): boolean {
  return value === '' && !(mayBeEmpty && (part.filters.length > 0 || isReservedName(part.name)))
}

export function lookUp(name: string, scope: TemplateScope, context: TemplateContext): Result<Found> {
  const reserved = isReservedName(name) ? reservedValue(name, context) : undefined
  if (reserved) return succeed(reserved)
  if (isStepName(name)) return stepValue(name, context)
  const derived = context.derived?.(name)
  if (derived) return derived.ok ? succeed({ ...derived.value, untrusted: true, mayBeEmpty: true }) : derived
  if (isReservedName(name)) return notHere(name)
  const entry = scope.get(name)
  if (entry) return succeed(entry)
  const near = nearestName(name, [...scope.keys(), ...reservedNames, ...(context.steps?.keys() ?? [])])
  const hint = near ? ` Did you mean {{ ${near} }}?` : ' Add it as a variable, or correct the name.'
  return refuse('unknown_variable', `There is no variable ${name}.${hint}`)
}

/** From a token answer, which may say anything. */
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
  redirect_uri: 'where a person authorises: in the authorise URL, in the token requests after it, and in a refresh',
}

/**
 * Without a token `default` may still give something; a part of the request that is not known yet is a mistake of the
 * definition.
 */
function notHere(name: ReservedName): Result<Found> {
  const place = places[name]
  if (place) return refuse('unknown_variable', `${name} has no value here. It is known ${place}.`)
  return succeed({ value: '', required: true, secrecy: 'none', label: name })
}

export function missing(name: string, label: string): Result<never> {
  const named = label === name || label === '' ? name : `${label} (${name})`
  return refuse('missing_value', `${named} has no value, and the request cannot be made without it.`)
}
