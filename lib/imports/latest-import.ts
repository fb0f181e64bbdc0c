import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceDb } from '@/lib/platform/db/client'

type LatestImport = {
  id: string
  format: string
  importedAt: Date
  presetKey: string | null
  presetHash: string | null
}

/** The latest import of a connector; null if it was not imported. */
export async function latestImport(db: WorkspaceDb, connectorId: string): Promise<Result<LatestImport | null>> {
  const connector = await db.connector.findFirst({
    where: { id: connectorId },
    select: {
      imports: {
        where: { importedAt: { not: null }, applies: false },
        orderBy: { importedAt: 'desc' },
        take: 1,
        select: { id: true, format: true, importedAt: true, presetKey: true, presetHash: true },
      },
    },
  })
  if (!connector) return notFound('connector')
  const [latest] = connector.imports
  return succeed(latest?.importedAt ? { ...latest, importedAt: latest.importedAt } : null)
}

/** The key of the ready-made connector that a connector was installed from or updated to last; null for all others. */
export async function latestPreset(db: WorkspaceDb, connectorId: string): Promise<string | null> {
  const latest = await latestImport(db, connectorId)
  return latest.ok ? (latest.value?.presetKey ?? null) : null
}
