import type { MethodDefinition } from '../definitions'
import type { Result } from '../result'
import type { MethodOptions } from '../method-options/options'
import { readOptionsWith } from '../method-options/read-options'
import { authenticationTypeDefinitions } from './registry'

/** The options of a method as its type completes them. */
export function readMethodOptions({
  type,
  options,
}: Pick<MethodDefinition, 'type' | 'options'>): Result<MethodOptions> {
  return readOptionsWith(authenticationTypeDefinitions[type].defaultOptions, options)
}

type Method = Pick<MethodDefinition, 'type' | 'options' | 'parameters' | 'phases'>

/**
 * The variables that a method's options make needless; none where the options cannot be read, which is told elsewhere.
 * One that a text of the method names is needed, and so is one that only one of its requests proves the client with.
 */
export function unusedVariablesOf(method: Method): readonly string[] {
  const options = readMethodOptions(method)
  if (!options.ok) return []
  const { unusedVariables } = authenticationTypeDefinitions[method.type]
  const [first = [], ...others] = clientAuthenticationsOf(method, options.value).map((clientAuthentication) =>
    unusedVariables({ ...options.value, clientAuthentication }),
  )
  const unused = first.filter((key) => others.every((keys) => keys.includes(key)))
  if (unused.length === 0) return unused
  const texts = JSON.stringify([method.phases, method.parameters, options.value])
  return unused.filter((key) => !new RegExp(`\\{\\{-?\\s*${key}\\b`).test(texts))
}

type Kind = MethodOptions['clientAuthentication']

/** Those in force: a phase's own, and for what says none that of the first token request, or of the options. */
function clientAuthenticationsOf({ phases }: Method, { clientAuthentication }: MethodOptions): Kind[] {
  const own = phases.flatMap(({ url, kind, clientAuthentication: named }) =>
    named && (url || kind === 'refresh') ? [named as Kind] : [],
  )
  const first = phases.find(({ kind, step }) => kind === 'exchange' && step === 0)?.clientAuthentication
  return first ? own : [clientAuthentication, ...own]
}
