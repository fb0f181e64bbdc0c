import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { Prisma, type RequestLog } from '@/lib/platform/db/generated/client'
import type { TimelineInstance } from './instance-changes'
import type { TimelineEvent } from './views'

type RequestEvent = Extract<TimelineEvent, { kind: 'request' }>
type Line = Pick<
  RequestLog,
  'id' | 'at' | 'purpose' | 'outcome' | 'subject' | 'httpMethod' | 'url' | 'status' | 'errorMessage'
>

/**
 * Requests that did not succeed, and token requests, newest first. Each outcome and purpose is read separately, by its
 * index.
 * @param within a condition on the line of the request log, with the alias `r`
 */
export async function readRequests(
  db: WorkspaceDb,
  { id, workspaceId }: TimelineInstance,
  { within, limit }: { within: Prisma.Sql; limit: number },
): Promise<RequestEvent[]> {
  const latest = (which: Prisma.Sql) => Prisma.sql`
    SELECT r."id", r."at", r."purpose"::text, r."outcome"::text, r."subject", r."httpMethod", r."url", r."status", r."errorMessage"
    FROM "RequestLog" r
    WHERE r."workspaceId" = ${workspaceId}::uuid AND r."instanceId" = ${id}::uuid AND ${which} AND ${within}
    ORDER BY r."at" DESC, r."id" DESC LIMIT ${limit}`
  const rows = await db.$queryRaw<Line[]>`
    SELECT * FROM (
      SELECT failed.* FROM unnest(ARRAY['refused', 'failed', 'not_sent']::"RequestOutcome"[]) AS of ("outcome")
      CROSS JOIN LATERAL (${latest(Prisma.sql`r."outcome" = of."outcome"`)}) failed
      UNION ALL
      SELECT token.* FROM unnest(ARRAY['refresh', 'exchange']::"RequestPurpose"[]) AS of ("purpose")
      CROSS JOIN LATERAL (${latest(Prisma.sql`r."purpose" = of."purpose" AND r."outcome" = 'succeeded'`)}) token
    ) line
    ORDER BY "at" DESC, "id" DESC LIMIT ${limit}`
  return rows.map(({ at, ...line }) => ({ kind: 'request', ...line, at: at.toISOString() }))
}

/** Further requests are not counted. */
export const mostCounted = 1_000

type Gap = { from: Date; until: Date }
type Count = { gap: number; count: number; latest: Date }

/**
 * The number of requests that succeeded in each gap [from, until), and the time of the latest one. Gaps without any are
 * left out.
 */
export async function countSuccesses(
  db: WorkspaceDb,
  { id, workspaceId }: TimelineInstance,
  gaps: readonly Gap[],
): Promise<Map<number, { count: number; latest: Date }>> {
  const rows = await db.$queryRaw<Count[]>`
    SELECT gap."number"::int - 1 AS "gap", counted."count", counted."latest"
    FROM unnest(${gaps.map(({ from }) => from)}::timestamptz[], ${gaps.map(({ until }) => until)}::timestamptz[])
      WITH ORDINALITY AS gap ("from", "until", "number")
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "count", max("at") AS "latest" FROM (
        SELECT r."at" FROM "RequestLog" r
        WHERE r."workspaceId" = ${workspaceId}::uuid AND r."instanceId" = ${id}::uuid AND r."outcome" = 'succeeded'
          AND r."purpose" NOT IN ('refresh', 'exchange') AND r."at" >= gap."from" AND r."at" < gap."until"
        ORDER BY r."at" DESC LIMIT ${mostCounted + 1}
      ) success
    ) counted
    WHERE counted."count" > 0`
  return new Map(rows.map(({ gap, count, latest }) => [gap, { count, latest }]))
}
