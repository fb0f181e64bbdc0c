import 'server-only'
import { z } from 'zod'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { foldName, nameSome } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { flowsUsing } from './flows-using'
import { deleteEndpointSchema, type DeleteEndpoint } from './schema'
import type { UsedByFlows } from './views'

/** Deletes an endpoint that no flow uses; the person types its name (rule R11). Its toggles are deleted too. */
export const deleteEndpoint = operation({
  name: 'delete_endpoint',
  permission: 'change',
  input: deleteEndpointSchema,
  output: z.strictObject({ connectorId: z.uuid() }),
  run: removeEndpoint,
})

/** Deletes an endpoint, and audits it. */
export function removeEndpoint(
  { actor, workspaceId, transaction, audit }: Context,
  { endpointId, typedName }: DeleteEndpoint,
) {
  return transaction(async (tx) => {
    // Locked first, so that no shape can choose it between the count and the deletion.
    await tx.$queryRaw`SELECT 1 FROM "Endpoint" WHERE "id" = ${endpointId}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR UPDATE`
    const endpoint = await tx.endpoint.findFirst({
      where: { id: endpointId },
      select: { connectorId: true, name: true, foldedName: true },
    })
    if (!endpoint) return notFound('endpoint')
    const usedBy = await flowsUsing(tx, endpointId)
    if (usedBy.flowCount > 0) return endpointInUse(endpoint.name, usedBy)
    if (foldName(typedName) !== endpoint.foldedName)
      return refuse('invalid_input', `Type “${endpoint.name}” to delete it.`, 'typedName')
    // Superseded versions have snapshots, so they do not block a deletion (DATA §9).
    await tx.shape.updateMany({ where: { endpointId }, data: { endpointId: null } })
    await tx.endpoint.delete({ where: { id: endpointId } })
    await audit(tx, {
      objectType: 'endpoint',
      objectId: endpointId,
      objectName: endpoint.name,
      partOfId: endpoint.connectorId,
    })
    await syncConnectorOrigins(tx, actor, endpoint.connectorId)
    return succeed({ connectorId: endpoint.connectorId })
  })
}

function endpointInUse(name: string, { flows, flowCount }: UsedByFlows) {
  const [noun, verb] = flowCount === 1 ? ['The flow', 'uses'] : ['The flows', 'use']
  const names = nameSome(
    flows.map((flow) => flow.name),
    flowCount,
  )
  return refuse(
    'in_use',
    `“${name}” cannot be deleted. ${noun} ${names} ${verb} it: choose another endpoint there first.`,
  )
}
