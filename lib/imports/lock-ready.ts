import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { ImportState } from '@/lib/platform/db/generated/client'

/**
 * The state of an import; null if it does not exist. While it is ready, the row is held, so that the choice does not
 * change while it is imported. The questions of an update belong to what was chosen, so they are asked again. The update
 * also tells open pages that something else of the import changes.
 */
export async function lockReady(tx: WorkspaceTransaction, importId: string): Promise<ImportState | null> {
  await tx.import.updateMany({ where: { id: importId, state: 'ready' }, data: { failure: '', questions: [] } })
  const row = await tx.import.findFirst({ where: { id: importId }, select: { state: true } })
  return row?.state ?? null
}
