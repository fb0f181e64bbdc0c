import 'server-only'
import { several, typedFact } from '@/lib/domain/history/compare-values'
import { z } from 'zod'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { acceptMethods } from './accept-methods'
import { checkEndpoint } from './check-endpoint'
import { endpointDefaults } from './fields'
import { newVariables } from './new-variables'
import { refuseHostVariables } from './refuse-host-variables'
import { createEndpointSchema } from './schema'
import { refuseTakenName, existingSpelling, writeEndpoints } from './write-endpoints'

/**
 * Adds an endpoint, with variables for those keys that the connector does not have. All authentication methods are off,
 * except those that the form turns on (rule R2).
 */
export const createEndpoint = operation({
  name: 'create_endpoint',
  permission: 'change',
  input: createEndpointSchema,
  output: z.strictObject({ id: z.uuid(), connectorId: z.uuid(), pendingOrigins: z.array(z.string()) }),
  run: async ({ actor, db, transaction, audit }, { connectorId, methodIds, variables, ...fields }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
    if (!connector) return notFound('connector')
    const parameters = fields.parameters.map((parameter) => ({ ...parameter, id: null }))
    const checked = checkEndpoint({ ...endpointDefaults, ...fields, parameters })
    if (!checked.ok) return checked
    const planned = newVariables(variables)
    if (!planned.ok) return planned
    return refuseTakenName(fields.name, () =>
      transaction(async (tx) => {
        const entityType = await existingSpelling(tx, connectorId, fields.entityType)
        const shared = await tx.variable.findMany({
          where: { connectorId, level: 'connector', key: { in: variables.map(({ key }) => key) } },
          select: { key: true },
        })
        const own = planned.value.filter(({ key }) => !shared.some((variable) => variable.key === key))
        const keys = own.map(({ key }) => key)
        const allowed = await refuseHostVariables(tx, actor, connectorId, keys)
        if (!allowed.ok) return allowed
        const [id = ''] = await writeEndpoints(tx, actor, connectorId, [{ ...fields, entityType, variables: own }])
        const accepted = await acceptMethods(tx, actor, { connectorId, endpointIds: [id], methodIds })
        if (!accepted.ok) return accepted
        await audit(tx, {
          objectType: 'endpoint',
          objectId: id,
          objectName: fields.name,
          partOfId: connectorId,
          changes: [
            ...typedFact('request', `${fields.httpMethod} ${fields.url}`),
            ...accepted.value.flatMap((method) => several('enablement', 'on', [fields.name], method)),
          ],
        })
        const { pending } = await syncConnectorOrigins(tx, actor, connectorId)
        return succeed({ id, connectorId, pendingOrigins: pending })
      }),
    )
  },
})
