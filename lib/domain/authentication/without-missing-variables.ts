import { isObject } from '../is-object'
import type { PhaseDefinition } from '../definitions'
import type { MethodOptions } from '../method-options/options-schema'
import { sameJson } from '../same-json'
import type { AuthenticationTypeDefinition } from './types'

type Method = {
  options: Partial<MethodOptions>
  phases: readonly Pick<PhaseDefinition, 'clientAuthentication'>[]
}

/** The type's default values of the missing variables, by key. */
type Literals = ReadonlyMap<string, string>

/**
 * Adapts a method from which default variables of its type were removed (rule R13). An option that still has the type's
 * own template for one of them gets the literal default; such a claim or header field is removed; a client without a
 * secret becomes a public client (RFC 6749 §2.1). Templates that a person wrote stay as they are.
 * @param known the keys of the method's variables, including those of its connector
 */
export function withoutMissingVariables<Given extends Method>(
  { defaultVariables, defaultOptions }: Pick<AuthenticationTypeDefinition, 'defaultVariables' | 'defaultOptions'>,
  method: Given,
  known: Iterable<string>,
): Given {
  const keys = new Set(known)
  const missing = defaultVariables.filter(({ key }) => !keys.has(key))
  if (missing.length === 0) return method
  const literals = new Map(missing.map(({ key, defaultValue }) => [key, defaultValue]))
  const options = withLiterals(method.options, defaultOptions, literals) as Given['options']
  if (!literals.has('client_secret')) return { ...method, options }
  return { ...method, options: withoutSecret(options), phases: method.phases.map(withoutSecret) }
}

function withLiterals(value: unknown, usual: unknown, literals: Literals): unknown {
  if (typeof value === 'string') return literalOf(value, usual, literals) ?? value
  if (Array.isArray(value)) return Array.isArray(usual) ? withoutNaming(value, usual, literals) : value
  if (!isObject(value) || !isObject(usual)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withLiterals(part, usual[name], literals)]),
  )
}

/** Undefined unless the text is the type's own template of a missing variable. */
function literalOf(text: string, usual: unknown, literals: Literals): string | undefined {
  const named = variableAlone(text)
  return named !== null && typeof usual === 'string' && variableAlone(usual) === named ? literals.get(named) : undefined
}

/** Removes the type's own entries that use a missing variable. */
function withoutNaming(entries: readonly unknown[], usual: readonly unknown[], literals: Literals): unknown[] {
  const names = (entry: unknown) =>
    isObject(entry) && typeof entry.value === 'string' && literals.has(variableAlone(entry.value) ?? '')
  return entries.filter((entry) => !names(entry) || !usual.some((own) => sameJson(own, entry)))
}

/** The variable of a template that consists only of it: `{{ scope }}`. */
function variableAlone(template: string): string | null {
  return /^\{\{\s*([A-Za-z_]\w*)\s*\}\}$/.exec(template.trim())?.[1] ?? null
}

const withSecret = ['client_secret_basic', 'client_secret_basic_raw', 'client_secret_post', 'client_secret_jwt']

function withoutSecret<Part extends { clientAuthentication?: string | null }>(part: Part): Part {
  return withSecret.includes(part.clientAuthentication ?? '') ? { ...part, clientAuthentication: 'none' } : part
}
