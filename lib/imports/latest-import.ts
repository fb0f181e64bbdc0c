import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceDb } from '@/lib/platform/db/client'

/** The latest import of a connector; null if it was not imported. */
export async function latestImport(
  db: WorkspaceDb,
  connectorId: string,
): Promise<Result<{ id: string; format: string; importedAt: Date } | null>> {
  const connector = await db.connector.findFirst({
    where: { id: connectorId },
    select: {
      imports: {
        where: { importedAt: { not: null } },
        orderBy: { importedAt: 'desc' },
        take: 1,
        select: { id: true, format: true, importedAt: true },
      },
    },
  })
  if (!connector) return notFound('connector')
  const [latest] = connector.imports
  return succeed(latest?.importedAt ? { ...latest, importedAt: latest.importedAt } : null)
}
