import 'server-only'
import { isFailing } from '@/lib/domain/failing'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { Prisma, type Instance } from '@/lib/platform/db/generated/client'
import { readInstanceChanges } from './instance-changes'
import type { SinceLastSuccess } from './views'

const mostShown = 5

type Subject = Pick<
  Instance,
  'id' | 'workspaceId' | 'connectorId' | 'methodId' | 'status' | 'statusSince' | 'lastSuccessAt'
>

/**
 * “What changed since the last success?”: what people changed between the last success of a failing instance and its
 * first failure after that. Null if it is not failing, or has never succeeded.
 */
export async function readSinceLastSuccess(db: WorkspaceDb, instance: Subject): Promise<SinceLastSuccess | null> {
  if (!isFailing(instance.status)) return null
  const span = await failingSpan(db, instance)
  if (span === null) return null
  const { succeededAt, failedAt } = span
  const within = Prisma.sql`a."at" >= ${succeededAt} AND a."at" <= ${failedAt}`
  const changes = await readInstanceChanges(db, instance, { within, limit: mostShown + 1 })
  return {
    succeededAt: succeededAt.toISOString(),
    failedAt: failedAt.toISOString(),
    changes: changes.slice(0, mostShown),
    more: changes.length > mostShown,
  }
}

/**
 * The request log is more exact than the instance, which stores a success at most once an hour, but it is deleted
 * earlier.
 */
async function failingSpan(
  db: WorkspaceDb,
  { id, workspaceId, statusSince, lastSuccessAt }: Subject,
): Promise<{ succeededAt: Date; failedAt: Date } | null> {
  const [span] = await db.$queryRaw<{ succeededAt: Date | null; failedAt: Date }[]>`
    SELECT success."at" AS "succeededAt", least(${statusSince}::timestamptz, failure."at") AS "failedAt"
    FROM (
      SELECT greatest(${lastSuccessAt}::timestamptz, (
        SELECT r."at" FROM "RequestLog" r
        WHERE r."workspaceId" = ${workspaceId}::uuid AND r."instanceId" = ${id}::uuid AND r."outcome" = 'succeeded'
          AND r."purpose" IN ('endpoint', 'verify') AND r."at" < ${statusSince}::timestamptz
        ORDER BY r."at" DESC LIMIT 1
      )) AS "at"
    ) success
    LEFT JOIN LATERAL (
      SELECT min(first."at") AS "at" FROM unnest(ARRAY['refused', 'failed']::"RequestOutcome"[]) AS of ("outcome")
      CROSS JOIN LATERAL (
        SELECT r."at" FROM "RequestLog" r
        WHERE r."workspaceId" = ${workspaceId}::uuid AND r."instanceId" = ${id}::uuid AND r."outcome" = of."outcome"
          AND r."at" > success."at"
        ORDER BY r."at" LIMIT 1
      ) first
    ) failure ON true`
  return span && span.succeededAt !== null ? { succeededAt: span.succeededAt, failedAt: span.failedAt } : null
}
