import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * Locks the instance's status until the transaction ends, so that the flow's rank is computed from it. Taken before the
 * draft: a change of status locks instance and flow in this order.
 */
export async function lockStatus(
  tx: WorkspaceTransaction,
  { workspaceId }: Actor,
  instanceId: string | null,
): Promise<void> {
  if (instanceId !== null)
    await tx.$queryRaw`SELECT 1 FROM "Instance" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${instanceId}::uuid FOR SHARE`
}
