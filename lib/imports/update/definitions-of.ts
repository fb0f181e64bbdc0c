import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

/** What items say, by their IDs. An item that does not exist any more is left out. */
export async function definitionsOf(
  db: WorkspaceDb | WorkspaceTransaction,
  ids: readonly string[],
): Promise<Map<string, unknown>> {
  const rows = await db.importItem.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, definition: true },
  })
  return new Map(rows.map(({ id, definition }) => [id, definition]))
}
