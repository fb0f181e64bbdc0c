import type { MethodDefinition } from '../definitions'
import type { Result } from '../result'
import { readOptionsWith, type MethodOptions } from './options'
import { authenticationTypeDefinitions } from './registry'

/** The options of a method as its type completes them. */
export function readMethodOptions({ type, options }: Pick<MethodDefinition, 'type' | 'options'>): Result<MethodOptions> {
  return readOptionsWith(authenticationTypeDefinitions[type].defaultOptions, options)
}

type Method = Pick<MethodDefinition, 'type' | 'options' | 'parameters' | 'phases'>

/**
 * The variables that a method's options make needless; none where the options cannot be read, which is told elsewhere.
 * One that a text of the method names is needed, and so is one that only a request of its own way of authenticating needs.
 */
export function unusedVariablesOf(method: Method): readonly string[] {
  const options = readMethodOptions(method)
  if (!options.ok) return []
  const { unusedVariables } = authenticationTypeDefinitions[method.type]
  const kinds = method.phases.flatMap(({ url, clientAuthentication: kind }) => (url && kind ? [kind as MethodOptions['clientAuthentication']] : []))
  const unused = unusedVariables(options.value).filter((key) =>
    kinds.every((clientAuthentication) => unusedVariables({ ...options.value, clientAuthentication }).includes(key)),
  )
  if (unused.length === 0) return unused
  const texts = JSON.stringify([method.phases, method.parameters, options.value])
  return unused.filter((key) => !new RegExp(`\\{\\{-?\\s*${key}\\b`).test(texts))
}
