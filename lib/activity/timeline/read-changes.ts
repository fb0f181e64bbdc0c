import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { Prisma, type AuditLog } from '@/lib/platform/db/generated/client'
import { auditLineOf } from '../audit-line'
import type { ChangeEvent } from './views'

export type TimelineInstance = { id: string; workspaceId: string; connectorId: string; methodId: string }

/**
 * Changes of an instance, of its method with its variables and switches, and of its connector with its variables and
 * endpoints, newest first. Each part is read by an index, and no further than asked.
 * @param within a condition on the row of the audit log, which is called `a`
 */
export async function readChanges(
  db: WorkspaceDb,
  { id, workspaceId, connectorId, methodId }: TimelineInstance,
  { within, limit }: { within: Prisma.Sql; limit: number },
): Promise<ChangeEvent[]> {
  const latest = (owner: Prisma.Sql) => Prisma.sql`
    SELECT a."id", a."at", a."actorName", a."address", a."action", a."objectType", a."objectId", a."objectName", a."changes"
    FROM "AuditLog" a
    WHERE a."workspaceId" = ${workspaceId}::uuid AND ${owner} AND ${within}
    ORDER BY a."at" DESC, a."id" DESC LIMIT ${limit}`
  const rows = await db.$queryRaw<AuditLog[]>`
    SELECT * FROM (
      SELECT own.* FROM unnest(${[id, methodId, connectorId]}::uuid[]) AS object ("id")
      CROSS JOIN LATERAL (${latest(Prisma.sql`a."objectId" = object."id"`)}) own
      UNION
      SELECT part.* FROM unnest(${[methodId, connectorId]}::uuid[]) AS owner ("id")
      CROSS JOIN LATERAL (${latest(Prisma.sql`a."partOfId" = owner."id" AND a."objectType" IN ('variable', 'endpoint', 'enablement')`)}) part
    ) changed
    ORDER BY "at" DESC, "id" DESC LIMIT ${limit}`
  return rows.map((row) => ({ kind: 'change', ...auditLineOf(row) }))
}
