import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

/** Deletes what an import does not need once it has failed, was cancelled, or is read again. */
export async function discardParts(tx: WorkspaceTransaction, importId: string): Promise<void> {
  await tx.importChunk.deleteMany({ where: { importId } })
  await discardReading(tx, importId)
}

/** Deletes what was read. */
export async function discardReading(tx: WorkspaceTransaction, importId: string): Promise<void> {
  await tx.importItem.deleteMany({ where: { importId } })
  await tx.importLine.deleteMany({ where: { importId } })
}
