import type { MethodDefinition } from '../definitions'
import type { Result } from '../result'
import { readOptionsWith, type MethodOptions } from './options'
import { authenticationTypeDefinitions } from './registry'

/** The options of a method as its type completes them. */
export function readMethodOptions({ type, options }: Pick<MethodDefinition, 'type' | 'options'>): Result<MethodOptions> {
  return readOptionsWith(authenticationTypeDefinitions[type].defaultOptions, options)
}

/** The variables that a method's options make needless; none where the options cannot be read, which is told elsewhere. */
export function unusedVariablesOf(method: Pick<MethodDefinition, 'type' | 'options'>): readonly string[] {
  const options = readMethodOptions(method)
  return options.ok ? authenticationTypeDefinitions[method.type].unusedVariables(options.value) : []
}
