import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { Prisma, type AuditLog } from '@/lib/platform/db/generated/client'
import { auditLineOf } from './audit-line'
import type { ObjectType } from './schema'
import type { AuditLine } from './views'

/** The objects whose changes are read. Deleted parts are found by their owner. */
export type ChangedObjects = {
  workspaceId: string
  /** All changes of these objects. */
  objects: readonly string[]
  /** Changes of parts of these objects, limited to some types. */
  owners: readonly string[]
  types: readonly ObjectType[]
}

/**
 * Changes of objects and of their parts, newest first. The lines of each object are read by an index, up to the limit.
 * @param within a condition on the row of the audit log, with the alias `a`
 */
export async function readChanges(
  db: WorkspaceDb,
  { workspaceId, objects, owners, types }: ChangedObjects,
  { within = Prisma.sql`true`, limit }: { within?: Prisma.Sql; limit: number },
): Promise<AuditLine[]> {
  const latest = (whose: Prisma.Sql) => Prisma.sql`
    SELECT a."id", a."at", a."actorKind", a."actorId", a."actorName", a."address", a."action", a."objectType", a."objectId", a."objectName", a."changes"
    FROM "AuditLog" a
    WHERE a."workspaceId" = ${workspaceId}::uuid AND ${whose} AND ${within}
    ORDER BY a."at" DESC, a."id" DESC LIMIT ${limit}`
  const rows = await db.$queryRaw<AuditLog[]>`
    SELECT * FROM (
      SELECT own.* FROM unnest(${[...objects]}::uuid[]) AS object ("id")
      CROSS JOIN LATERAL (${latest(Prisma.sql`a."objectId" = object."id"`)}) own
      UNION
      SELECT part.* FROM unnest(${[...owners]}::uuid[]) AS owner ("id")
      CROSS JOIN LATERAL (${latest(Prisma.sql`a."partOfId" = owner."id" AND a."objectType" = ANY (${[...types]}::text[])`)}) part
    ) changed
    ORDER BY "at" DESC, "id" DESC LIMIT ${limit}`
  return rows.map(auditLineOf)
}
