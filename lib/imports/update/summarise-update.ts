import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { ImportView } from '../import-views'
import { importChanges } from '../import-schema'

type Row = {
  id: string
  workspaceId: string
  basedOnId: string | null
  questions: string[]
  updates: { id: string; name: string } | null
}

/** What an update changes, in numbers. Null if the import adds a connector. */
export async function summariseUpdate(
  db: WorkspaceDb,
  { id: importId, workspaceId, basedOnId, questions, updates }: Row,
): Promise<ImportView['updates']> {
  if (updates === null) return null
  const [groups, conflicting, schemas] = await Promise.all([
    db.importItem.groupBy({
      by: ['change', 'chosen'],
      where: { importId, kind: { not: 'schema' }, change: { not: null } },
      _count: true,
    }),
    db.importItem.count({ where: { importId, conflicts: { gt: 0 } } }),
    changedSchemas(db, { importId, workspaceId, connectorId: updates.id, basedOnId }),
  ])
  const count = (rows: typeof groups) => rows.reduce((sum, { _count }) => sum + _count, 0)
  const changes = importChanges.map((change) => {
    const own = groups.filter((group) => group.change === change)
    return { change, total: count(own), chosen: count(own.filter(({ chosen }) => chosen)) }
  })
  return { connectorId: updates.id, name: updates.name, changes, schemas, conflicting, questions }
}

type Owner = { importId: string; workspaceId: string; connectorId: string; basedOnId: string | null }

async function changedSchemas(
  db: WorkspaceDb,
  { importId, workspaceId, connectorId, basedOnId }: Owner,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "ImportItem" now
    LEFT JOIN "ConnectorSchema" here
      ON here."workspaceId" = now."workspaceId" AND here."connectorId" = ${connectorId}::uuid AND here."name" = now."name"
    WHERE now."workspaceId" = ${workspaceId}::uuid AND now."importId" = ${importId}::uuid AND now."kind" = 'schema'
      AND (here."id" IS NULL OR here."schema"::text <> now."definition"::text AND EXISTS (
        SELECT 1 FROM "ImportItem" before WHERE before."workspaceId" = ${workspaceId}::uuid
          AND before."importId" = ${basedOnId}::uuid AND before."kind" = 'schema' AND before."name" = here."name"
          AND before."definition"::text = here."schema"::text
      ))`
  return row?.count ?? 0
}
