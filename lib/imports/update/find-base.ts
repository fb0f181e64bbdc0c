import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

/** What a connector was imported from last. Its items are what the document said then. */
export type Base = { id: string; definition: unknown; format: string }

/** Null if the connector was not imported, or by a version of Patchbay that did not store this. */
export function findBase(db: WorkspaceDb | WorkspaceTransaction, connectorId: string): Promise<Base | null> {
  return db.import.findFirst({
    where: { connectorId, importedAt: { not: null }, applies: false, items: { some: {} } },
    orderBy: { importedAt: 'desc' },
    select: { id: true, definition: true, format: true },
  })
}
