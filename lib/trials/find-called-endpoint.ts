import 'server-only'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import type { Context } from '@/lib/operations/operation'

type Called = { instanceId: string; endpointId: string }

/** An endpoint of the connector of an instance. Both must be visible to the actor. */
export async function findCalledEndpoint(
  { db, workspaceId }: Context,
  { instanceId, endpointId }: Called,
): Promise<Result<{ endpoint: EndpointDefinition; deprecated: boolean }>> {
  const instance = await db.instance.findFirst({ where: { id: instanceId }, select: { connectorId: true } })
  if (!instance) return notFound('instance')
  const row = await db.endpoint.findFirst({
    where: { id: endpointId, connectorId: instance.connectorId },
    select: { deprecated: true },
  })
  const endpoint = row && (await loadEndpoint(workspaceId, endpointId))
  return endpoint ? succeed({ endpoint, deprecated: row.deprecated }) : notFound('endpoint')
}
