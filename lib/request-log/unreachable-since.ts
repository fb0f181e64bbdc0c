import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'

/** An instance is unreachable after this many failed requests in a row, over at least this time. */
const fewestFailures = 3
const shortestSpanMs = 60_000

/** No connection, 5xx or 429, which never change the status of an instance (PRODUCT §11). */
const failed = Prisma.sql`(("outcome" = 'failed' AND ("status" IS NOT NULL OR "errorCode" IN ('dns_failed', 'connection_failed', 'tls_failed', 'timed_out')))
  OR ("outcome" = 'refused' AND "status" = 429))`

type Row = { instanceId: string; since: Date; latest: Date }

/**
 * Since when the latest requests of each instance have failed, from the request log. Instances that respond are left
 * out. Each step reads only a few lines by an index.
 */
export async function unreachableSince(
  workspaceId: string,
  instanceIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  if (instanceIds.length === 0) return new Map()
  const rows = await workspaceDb(workspaceId).$queryRaw<Row[]>`
    SELECT asked."id" AS "instanceId", run."since", recent."latest"
    FROM unnest(${instanceIds}::uuid[]) AS asked ("id")
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE ${failed})::int AS "failures", max("at") AS "latest"
      FROM (
        SELECT * FROM "RequestLog"
        WHERE "workspaceId" = ${workspaceId}::uuid AND "instanceId" = asked."id" AND "outcome" <> 'not_sent'
        ORDER BY "at" DESC LIMIT ${fewestFailures}
      ) line
    ) recent
    CROSS JOIN LATERAL (
      SELECT max("at") AS "at" FROM (
        (SELECT "at" FROM "RequestLog" WHERE "workspaceId" = ${workspaceId}::uuid AND "instanceId" = asked."id"
          AND "outcome" = 'succeeded' ORDER BY "at" DESC LIMIT 1)
        UNION ALL
        (SELECT "at" FROM "RequestLog" WHERE "workspaceId" = ${workspaceId}::uuid AND "instanceId" = asked."id"
          AND "outcome" = 'refused' AND "status" <> 429 ORDER BY "at" DESC LIMIT 1)
      ) answered
    ) reached
    CROSS JOIN LATERAL (
      SELECT "at" AS "since" FROM "RequestLog"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "instanceId" = asked."id" AND ${failed}
        AND "at" > COALESCE(reached."at", '-infinity')
      ORDER BY "at" LIMIT 1
    ) run
    WHERE recent."failures" = ${fewestFailures}`
  const lasting = rows.filter(({ since, latest }) => latest.getTime() - since.getTime() >= shortestSpanMs)
  return new Map(lasting.map(({ instanceId, since }) => [instanceId, since]))
}
