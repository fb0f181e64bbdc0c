import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

type Owner = { workspaceId: string; importId: string; connectorId: string }

/**
 * Notes for each item of an import which method or endpoint it has become, by their names, which are unique in both. So
 * the next update finds it, whatever it is called by then. The rows of endpoints are not needed any more.
 */
export async function linkItems(
  tx: WorkspaceTransaction,
  { workspaceId, importId, connectorId }: Owner,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ImportItem" item SET "partKey" = endpoint."key", "rows" = NULL FROM "Endpoint" endpoint
    WHERE item."workspaceId" = ${workspaceId}::uuid AND item."importId" = ${importId}::uuid
      AND item."kind" = 'endpoint' AND item."chosen"
      AND endpoint."workspaceId" = ${workspaceId}::uuid AND endpoint."connectorId" = ${connectorId}::uuid
      AND endpoint."foldedName" = item."foldedName"`
  await tx.$executeRaw`
    UPDATE "ImportItem" item SET "partKey" = method."key" FROM "AuthenticationMethod" method
    WHERE item."workspaceId" = ${workspaceId}::uuid AND item."importId" = ${importId}::uuid
      AND item."kind" = 'method' AND item."chosen"
      AND method."workspaceId" = ${workspaceId}::uuid AND method."connectorId" = ${connectorId}::uuid
      AND method."foldedName" = item."foldedName"`
  await tx.$executeRaw`
    UPDATE "ImportItem" item SET "rows" = NULL
    WHERE item."workspaceId" = ${workspaceId}::uuid AND item."importId" = ${importId}::uuid
      AND item."kind" = 'endpoint' AND item."rows" IS NOT NULL`
}
