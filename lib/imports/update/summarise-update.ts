import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { ImportView } from '../import-views'
import { importChanges } from '../import-schema'

type Row = { id: string; workspaceId: string; questions: string[]; updates: { id: string; name: string } | null }

/** What an update changes, in numbers. Null if the import adds a connector. */
export async function summariseUpdate(
  db: WorkspaceDb,
  { id: importId, workspaceId, questions, updates }: Row,
): Promise<ImportView['updates']> {
  if (updates === null) return null
  const [groups, conflicting, schemas] = await Promise.all([
    db.importItem.groupBy({
      by: ['change', 'chosen'],
      where: { importId, kind: { not: 'schema' }, change: { not: null } },
      _count: true,
    }),
    db.importItem.count({ where: { importId, conflicts: { gt: 0 } } }),
    changedSchemas(db, { importId, workspaceId, connectorId: updates.id }),
  ])
  const count = (rows: typeof groups) => rows.reduce((sum, { _count }) => sum + _count, 0)
  const changes = importChanges.map((change) => {
    const own = groups.filter((group) => group.change === change)
    return { change, total: count(own), chosen: count(own.filter(({ chosen }) => chosen)) }
  })
  return { connectorId: updates.id, name: updates.name, changes, schemas, conflicting, questions }
}

type Owner = { importId: string; workspaceId: string; connectorId: string }

async function changedSchemas(db: WorkspaceDb, { importId, workspaceId, connectorId }: Owner): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "ImportItem" now
    LEFT JOIN "ConnectorSchema" here
      ON here."workspaceId" = now."workspaceId" AND here."connectorId" = ${connectorId}::uuid AND here."name" = now."name"
    WHERE now."workspaceId" = ${workspaceId}::uuid AND now."importId" = ${importId}::uuid AND now."kind" = 'schema'
      AND here."schema"::text IS DISTINCT FROM now."definition"::text`
  return row?.count ?? 0
}
