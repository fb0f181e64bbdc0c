import 'server-only'
import type { VariableDefinition } from '@/lib/domain/definitions'
import type { VariableView } from '@/lib/variables/views'
import { readConnectorParameters } from '@/lib/connector-parameters/read-connector-parameters'
import { getConnector } from '@/lib/connectors/get-connector'
import { filledVariablesOf } from '@/lib/domain/authentication/needs-person'
import { succeed } from '@/lib/domain/result'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import { listConnectorVariableUses } from '@/lib/variables/list-connector-variable-uses'
import { effectiveDefault } from '@/lib/variables/effective-default'
import { listVariables } from '@/lib/variables/list-variables'
import { getMethodEndpoints } from './get-method-endpoints'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { methodSetupView } from './views'
import { getMethod } from './get-method'

/** Everything that the *Authentication setup* page needs. */
export const getMethodSetup = operation({
  name: 'get_method_setup',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector'), methodId: idOf('authentication_method') }),
  output: methodSetupView,
  run: async ({ actor, db }, { connectorId, methodId }) => {
    const [method, own, uses, connector, endpoints, parameters] = await Promise.all([
      getMethod(actor, { connectorId, methodId }),
      listVariables(actor, { level: 'method', connectorId, ownerId: methodId }),
      listConnectorVariableUses(actor, { connectorId, methodId }),
      getConnector(actor, { connectorId }),
      getMethodEndpoints(actor, { connectorId, methodId }),
      readConnectorParameters(db, connectorId),
    ])
    if (!method.ok) return method
    if (!own.ok) return own
    if (!uses.ok) return uses
    if (!connector.ok) return connector
    if (!endpoints.ok) return endpoints
    const filled = filledVariablesOf(method.value)
    const used = uses.value.flatMap(({ variable, use }) => (use ? [{ ...variable, ...use }] : []))
    const { id, name, baseUrl, allowedHosts } = connector.value
    const variables = uses.value.map(({ variable }) => variable)
    return succeed({
      ...endpoints.value,
      method: method.value,
      connector: { id, name, baseUrl, allowedHosts, variables, parameters },
      variables: [...own.value.map(definitionOf), ...used],
      own: own.value.map((variable) => ({
        ...variable,
        effectiveDefault: effectiveDefault(variable, method.value.type),
      })),
      uses: uses.value,
      shareable: own.value.filter((variable) => isShown(variable) && !filled.includes(variable.key)).map(definitionOf),
    })
  },
})

/** Removes the fields that only the table of variables shows. */
function definitionOf({
  position: _position,
  effectiveDefault: _default,
  instancesWithValue: _instances,
  ...definition
}: VariableView): VariableDefinition {
  return definition
}
