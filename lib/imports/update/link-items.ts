import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

type Owner = { workspaceId: string; importId: string }

/**
 * Notes for items of an import which method or endpoint they have become, so that the next update finds it, whatever it is
 * called by then. The rows of an endpoint are not needed any more. By ID, because a join by names compares each with
 * each while the database has no statistics of new rows.
 * @param parts IDs of items with the keys of what they have become, all at once: each statement reads all items
 */
export async function linkItems(
  tx: WorkspaceTransaction,
  { workspaceId, importId }: Owner,
  parts: readonly { id: string; key: string }[],
): Promise<void> {
  const links = JSON.stringify(parts.map(({ id, key }) => ({ id, key })))
  await tx.$executeRaw`
    UPDATE "ImportItem" item SET "partKey" = part."key", "rows" = NULL
    FROM json_to_recordset(${links}::json) AS part ("id" uuid, "key" text)
    WHERE item."id" = part."id" AND item."workspaceId" = ${workspaceId}::uuid AND item."importId" = ${importId}::uuid`
}
