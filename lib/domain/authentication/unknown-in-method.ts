import type { Extraction, VariableDefinition } from '../definitions'
import { unknownNames } from '../templates/unknown-names'
import { textsOf, type MethodWithTexts } from './method-texts'

type MethodWithNames = Omit<MethodWithTexts, 'phases'> & {
  phases: readonly (MethodWithTexts['phases'][number] & { extract: readonly Extraction[] | null })[]
  variables: readonly Pick<VariableDefinition, 'key'>[]
}

/**
 * Names in the templates of a method that are neither a variable nor a computed or stored value. Not an error, because
 * the variable may be added later, but the page points them out.
 */
export function unknownInMethod(method: MethodWithNames, connectorKeys: readonly string[]): string[] {
  return unknownNames(textsOf(method), new Set([...connectorKeys, ...namesGivenBy(method)]))
}

/** Its variables, its computed values, and the values that it stores from responses. */
function namesGivenBy({ options, phases, variables }: MethodWithNames): string[] {
  const stored = [
    ...(options.kept ?? []),
    ...(options.keptFromCallback ?? []),
    ...phases.flatMap(({ extract }) => extract ?? []),
  ]
  return [
    ...[...variables, ...(options.computed ?? [])].map(({ key }) => key),
    ...stored.map(({ variable }) => variable),
  ]
}
