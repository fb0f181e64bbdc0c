import 'server-only'
import { Prisma } from '@/lib/platform/db/generated/client'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * Rule R1 for one endpoint: whether it accepts the authentication method of the instance. Every entry point calls this.
 */
export async function acceptsInstance(
  db: WorkspaceDb | WorkspaceTransaction,
  endpointId: string,
  instanceId: string,
): Promise<boolean> {
  const where = {
    endpointId,
    method: { instances: { some: { id: instanceId } } },
  } satisfies Prisma.EnablementWhereInput
  return (await (db as WorkspaceDb).enablement.findFirst({ where, select: { endpointId: true } })) !== null
}
