import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName, nameSome } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { endpointNotFound } from './insert-endpoint'
import type { DeleteEndpoint } from './schema'
import { flowsUsing } from './flows-using'

/** Deletes an endpoint that no flow uses; the person types its name (rule R11). Its toggles go with it. */
export async function deleteEndpoint(
  actor: Actor,
  { endpointId, typedName }: DeleteEndpoint,
): Promise<Result<{ connectorId: string }>> {
  const permitted = permit(actor, 'change')
  if (!permitted.ok) return permitted
  if (!isId(endpointId)) return endpointNotFound()
  return commitUnlessRefused(workspaceDb(actor.workspaceId), async (tx) => {
    // Locked first, so that no shape can choose it between the count and the deletion.
    await tx.$queryRaw`SELECT 1 FROM "Endpoint" WHERE "id" = ${endpointId}::uuid AND "workspaceId" = ${actor.workspaceId}::uuid FOR UPDATE`
    const endpoint = await tx.endpoint.findFirst({
      where: { id: endpointId },
      select: { connectorId: true, name: true, foldedName: true },
    })
    if (!endpoint) return endpointNotFound()
    const { flows, flowCount } = await flowsUsing(tx, endpointId)
    if (flowCount > 0)
      return endpointInUse(
        endpoint.name,
        flows.map((flow) => flow.name),
        flowCount,
      )
    if (foldName(typedName) !== endpoint.foldedName)
      return refuse('invalid_input', `Type “${endpoint.name}” to delete it.`, 'typedName')
    // Superseded versions keep snapshots and block nothing (DATA §9).
    await tx.shape.updateMany({ where: { endpointId }, data: { endpointId: null } })
    await tx.endpoint.delete({ where: { id: endpointId } })
    await recordAudit(tx, actor, {
      action: 'delete_endpoint',
      objectType: 'endpoint',
      objectId: endpointId,
      objectName: endpoint.name,
    })
    await syncConnectorOrigins(tx, actor, endpoint.connectorId)
    return succeed({ connectorId: endpoint.connectorId })
  })
}

function endpointInUse(name: string, flows: string[], count: number) {
  const [noun, verb] = count === 1 ? ['The flow', 'uses'] : ['The flows', 'use']
  return refuse(
    'in_use',
    `“${name}” cannot be deleted. ${noun} ${nameSome(flows, count)} ${verb} it: choose another endpoint there first.`,
  )
}
