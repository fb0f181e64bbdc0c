import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * Blocks changes of a connector's definition until the transaction ends, so that several statements see the same state:
 * every change of a definition updates the row of its connector (DATA §13).
 */
export async function blockChanges(tx: WorkspaceTransaction, workspaceId: string, connectorId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Connector" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${connectorId}::uuid FOR NO KEY UPDATE`
}
