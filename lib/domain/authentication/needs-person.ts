import type { PhaseDefinition, VariableDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { authenticationTypeDefinitions } from './registry'

type Method = Pick<MethodDefinition, 'type'> & { phases: readonly Pick<PhaseDefinition, 'kind' | 'url'>[] }

/** Rule R7: a person has to act at the third party, so that values in a form cannot be tested. */
export function needsPerson({ type, phases }: Method): boolean {
  const { needsPerson: needed } = authenticationTypeDefinitions[type]
  if (needed !== 'with_authorise_url') return needed === 'always'
  return (['request_token', 'authorise'] as const).every((kind) =>
    phases.some((phase) => phase.kind === kind && Boolean(phase.url)),
  )
}

/** Variables that an authorisation fills, if the method has one: shown, never typed (DATA §4). */
export function filledVariablesOf(method: Method): readonly string[] {
  return needsPerson(method) ? authenticationTypeDefinitions[method.type].filledVariables : []
}

/**
 * Filled variables that were removed from the method (rule R13): requests still need the values from the third party,
 * and no form asks for them.
 */
export function removedFilledVariables(method: Method & { variables: readonly VariableDefinition[] }) {
  const { defaultVariables } = authenticationTypeDefinitions[method.type]
  const present = method.variables.map(({ key }) => key)
  const removed = filledVariablesOf(method).filter((key) => !present.includes(key))
  return defaultVariables
    .filter(({ key }) => removed.includes(key))
    .map((variable): VariableDefinition => {
      const hidden = { required: false, configurable: false, advanced: false }
      return { ...variable, ...hidden, id: variable.key, level: 'method' }
    })
}
