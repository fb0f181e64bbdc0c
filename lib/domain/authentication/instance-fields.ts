import { unusedVariablesOf } from './unused-variables'
import { filledVariablesOf } from './needs-person'
import type { ConnectorDefinition, VariableDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { definitionsInForce, isShown } from '../variables/resolve-variables'

/** A variable that an instance asks for. */
export type InstanceField = {
  definition: VariableDefinition
  /** Filled while a person authorises: shown, never typed (DATA §4). */
  filled: boolean
}

/**
 * What a person is asked on an instance, in order: connector variables, then the method's. Left out are variables
 * that are never shown, those the method holds a value for (DATA §3), and those its options make needless.
 */
export function instanceFields(
  connector: Pick<ConnectorDefinition, 'variables'>,
  method: Pick<MethodDefinition, 'type' | 'options' | 'variables' | 'parameters' | 'phases'>,
  methodHeldVariableIds: ReadonlySet<string>,
): { main: InstanceField[]; advanced: InstanceField[] } {
  const filled = filledVariablesOf(method)
  const unused = unusedVariablesOf(method)
  const fields = definitionsInForce({ connector, method })
    .filter(
      (definition) =>
        isShown(definition) && !methodHeldVariableIds.has(definition.id) && !unused.includes(definition.key),
    )
    .map((definition) => ({ definition, filled: filled.includes(definition.key) }))
  return {
    main: fields.filter(({ definition }) => !definition.advanced),
    advanced: fields.filter(({ definition }) => definition.advanced),
  }
}
