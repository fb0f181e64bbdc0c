import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * Locks the instance's status, and whether its connector is disabled, until the transaction ends, so that the flow's rank
 * is computed from them. Taken before the draft: a change of status locks the instance, the connector's rank and the flow
 * in this order, and disabling a connector locks the rank and the flows. The connector itself is not locked, because an
 * edit of a definition locks it and waits for instances.
 */
export async function lockStatus(
  tx: WorkspaceTransaction,
  { workspaceId }: Actor,
  instanceId: string | null,
): Promise<void> {
  if (instanceId === null) return
  await tx.$queryRaw`SELECT 1 FROM "Instance" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${instanceId}::uuid FOR SHARE`
  await tx.$queryRaw`
    SELECT 1 FROM "ConnectorRank" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = (
      SELECT "connectorId" FROM "Instance" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${instanceId}::uuid
    ) FOR SHARE`
}
