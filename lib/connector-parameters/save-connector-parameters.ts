import 'server-only'
import { z } from 'zod'
import { parameterChanges } from '@/lib/domain/history/parameter-changes'
import { succeed } from '@/lib/domain/result'
import { unknownNames } from '@/lib/domain/templates/unknown-names'
import { operation, type Context } from '@/lib/operations/operation'
import { reviseOwner } from '@/lib/variables/owner'
import { checkConnectorParameters } from './check-connector-parameters'
import { saveConnectorParametersSchema, type SaveConnectorParameters } from './schema'
import { variablesOfEveryMethod } from './variables-of-every-method'
import { writeConnectorParameters } from './write-connector-parameters'

/**
 * Saves the parameters that a connector sends with every endpoint request and test request (DATA §16), under the
 * connector's revision (rule R12). A name that not every method defines is not an error: it is returned, and requests
 * that use it are refused before anything is sent.
 */
export const saveConnectorParameters = operation({
  name: 'update_connector_parameters',
  permission: 'change',
  input: saveConnectorParametersSchema,
  output: z.strictObject({ revision: z.int(), unknownVariables: z.array(z.string()) }),
  run: replaceParametersOfConnector,
})

/** Replaces the parameters, and audits the change. */
export async function replaceParametersOfConnector(
  { actor, transaction, audit }: Context,
  { connectorId, revision, parameters }: SaveConnectorParameters,
) {
  const checked = checkConnectorParameters(parameters)
  if (!checked.ok) return checked
  return transaction(async (tx) => {
    const owner = { level: 'connector' as const, connectorId, ownerId: connectorId }
    const revised = await reviseOwner(tx, actor, owner, revision)
    if (!revised.ok) return revised
    const { workspaceId } = actor
    const { before, after } = await writeConnectorParameters(tx, { workspaceId, connectorId }, parameters)
    await audit(tx, {
      objectType: 'connector',
      objectId: connectorId,
      objectName: revised.value.name,
      changes: parameterChanges(before, after),
    })
    const known = new Set((await variablesOfEveryMethod(tx, connectorId)).map(({ key }) => key))
    const texts = parameters.map(({ value }) => value)
    return succeed({ revision: revised.value.revision, unknownVariables: unknownNames(texts, known) })
  })
}
