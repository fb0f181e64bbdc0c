import 'server-only'
import { several, typedFact } from '@/lib/domain/history/compare-values'
import { z } from 'zod'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { acceptMethods } from './accept-methods'
import { checkUrl } from './check-endpoint'
import { createEndpointSchema } from './schema'
import { refuseTakenName, existingSpelling, writeEndpoints } from './write-endpoints'

/** Adds an endpoint. All authentication methods are off, except those that the form turns on (rule R2). */
export const createEndpoint = operation({
  name: 'create_endpoint',
  permission: 'change',
  input: createEndpointSchema,
  output: z.strictObject({ id: z.uuid(), connectorId: z.uuid(), pendingOrigins: z.array(z.string()) }),
  run: async ({ actor, db, transaction, audit }, { connectorId, methodIds, ...fields }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
    if (!connector) return notFound('connector')
    const checked = checkUrl(fields.url)
    if (!checked.ok) return checked
    return refuseTakenName(fields.name, () =>
      transaction(async (tx) => {
        const entityType = await existingSpelling(tx, connectorId, fields.entityType)
        const [id = ''] = await writeEndpoints(tx, actor, connectorId, [{ ...fields, entityType }])
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
