import type { Extraction, VariableDefinition } from '../definitions'
import { unknownNames } from '../templates/unknown-names'
import { textsOf, type MethodWithTexts } from './method-texts'

type MethodWithNames = Omit<MethodWithTexts, 'phases'> & {
  phases: readonly (MethodWithTexts['phases'][number] & { extract: readonly Extraction[] | null })[]
  variables: readonly Pick<VariableDefinition, 'key'>[]
}

/**
 * Names in the templates of a method that nothing gives a value: no error, the variable may come later, but worth
 * saying.
 */
export function unknownInMethod(method: MethodWithNames, connectorKeys: readonly string[]): string[] {
  return unknownNames(textsOf(method), new Set([...connectorKeys, ...namesGivenBy(method)]))
}

/** Its variables, what it computes, and what it keeps of responses. */
function namesGivenBy({ options, phases, variables }: MethodWithNames): string[] {
  const kept = [
    ...(options.kept ?? []),
    ...(options.keptFromCallback ?? []),
    ...phases.flatMap(({ extract }) => extract ?? []),
  ]
  return [...[...variables, ...(options.computed ?? [])].map(({ key }) => key), ...kept.map(({ variable }) => variable)]
}
