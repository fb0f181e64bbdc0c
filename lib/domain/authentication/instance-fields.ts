import { unusedVariablesOf } from './unused-variables'
import { filledVariablesOf } from './needs-person'
import type { ConnectorDefinition, VariableDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { effectiveDefinitions, isShown } from '../variables/resolve-variables'

/** A variable that an instance asks for. */
export type InstanceField = {
  definition: VariableDefinition
  /** Filled by an authorisation: shown, never typed (DATA §4). */
  filled: boolean
}

/**
 * The fields of an instance, in order: connector variables, then the method's. Without variables that are never shown,
 * those for which the method has a value (DATA §3), and those that its options make unnecessary.
 */
export function instanceFields(
  connector: Pick<ConnectorDefinition, 'variables'>,
  method: Pick<MethodDefinition, 'type' | 'options' | 'variables' | 'parameters' | 'phases'>,
  methodValueIds: ReadonlySet<string>,
): { main: InstanceField[]; advanced: InstanceField[] } {
  const filled = filledVariablesOf(method)
  const unused = unusedVariablesOf(method)
  const fields = effectiveDefinitions({ connector, method })
    .filter(
      (definition) => isShown(definition) && !methodValueIds.has(definition.id) && !unused.includes(definition.key),
    )
    .map((definition) => ({ definition, filled: filled.includes(definition.key) }))
  return {
    main: fields.filter(({ definition }) => !definition.advanced),
    advanced: fields.filter(({ definition }) => definition.advanced),
  }
}
