import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { unlessGone } from '@/lib/platform/db/reference-violation'
import type { Pace } from '@/lib/domain/rate-limit'

/**
 * Turns in the database: what holds across processes. All times are the database's, so that processes with different
 * clocks agree.
 */

export type InstanceRef = { workspaceId: string; instanceId: string }

/** A request under way is extended every two seconds; its process may miss three before it is taken for dead. */
export const heartbeatMs = 2_000
const underWaySeconds = 8
/** One that waits asks much more often than this. */
const waitingSeconds = 3
/** So long younger requests of other processes may go first: taking turns for every single one would leave gaps. */
const patienceSeconds = 1

export type TurnRequest = { id: string; pace: Pace; simultaneous: number | null; asksAgain: boolean }

export type TurnAnswer = {
  admitted: boolean
  /** All limits would have let it through, but another process was let through at the same moment. */
  outrun: boolean
  /** Until the rate limit lets the next one through. */
  paceMs: number
}

/**
 * Lets the request through if every limit allows it, and notes that it waits otherwise; in one statement, which holds
 * no connection while anybody waits. It sees the turns and `admissions` of one moment, and writes only if `admissions`
 * is still the same: of two processes that see the last free place one is let through, the other asks again.
 * Under a new limit nobody waits for the old one's pace: a `nextAt` that is further ahead than this pace leads to comes
 * nearer.
 * @returns null where the instance has no row yet, or is being deleted
 */
export async function askForTurn(
  { workspaceId, instanceId }: InstanceRef,
  request: TurnRequest,
): Promise<TurnAnswer | null> {
  const { id, pace, simultaneous, asksAgain } = request
  const { intervalMs, aheadMs } = pace
  const asking = workspaceDb(workspaceId).$queryRaw<TurnAnswer[]>`
    WITH turns AS (
      SELECT count(*) FILTER (WHERE t."admitted") AS "underWay",
             count(*) FILTER (
               WHERE NOT t."admitted" AND t."since" < now() - make_interval(secs => ${patienceSeconds})
                 AND t."since" < COALESCE((SELECT mine."since" FROM "RequestTurn" mine WHERE mine."id" = ${id}::uuid), now())
             ) AS "before"
      FROM "RequestTurn" t
      WHERE t."workspaceId" = ${workspaceId}::uuid AND t."instanceId" = ${instanceId}::uuid AND t."until" > now()
    ), seen AS (
      SELECT l."admissions", due."at" AS "dueAt", l."nextAt" > due."at" AS "tooFar", pace."ms" AS "paceMs",
             pace."ms" <= 0 AND turns."before" = 0 AND (${simultaneous}::int IS NULL OR turns."underWay" < ${simultaneous}::int) AS "allowed"
      FROM "InstanceLimit" l, turns,
           LATERAL (SELECT GREATEST(now(), LEAST(l."nextAt", now() + make_interval(secs => ${(aheadMs + intervalMs) / 1000}::float8))) AS "at") due,
           LATERAL (SELECT EXTRACT(EPOCH FROM due."at" - now())::float8 * 1000 - ${aheadMs}::float8 AS "ms") pace
      WHERE l."workspaceId" = ${workspaceId}::uuid AND l."instanceId" = ${instanceId}::uuid
    ), change AS (
      UPDATE "InstanceLimit" l
      SET "admissions" = l."admissions" + 1,
          "nextAt" = seen."dueAt" + CASE WHEN seen."allowed" THEN make_interval(secs => ${intervalMs / 1000}::float8) ELSE make_interval() END
      FROM seen
      WHERE l."workspaceId" = ${workspaceId}::uuid AND l."instanceId" = ${instanceId}::uuid
        AND l."admissions" = seen."admissions" AND (seen."allowed" OR seen."tooFar")
      RETURNING seen."allowed"
    ), verdict AS (
      SELECT EXISTS (SELECT FROM change WHERE change."allowed") AS "admitted", seen."allowed", GREATEST(seen."paceMs", 0) AS "paceMs" FROM seen
    ), turn AS (
      INSERT INTO "RequestTurn" ("id", "workspaceId", "instanceId", "admitted", "until")
      SELECT ${id}::uuid, ${workspaceId}::uuid, ${instanceId}::uuid, v."admitted",
             now() + make_interval(secs => CASE WHEN v."admitted" THEN ${underWaySeconds}::float8 ELSE ${waitingSeconds}::float8 END)
      FROM verdict v
      WHERE NOT v."admitted" OR ${asksAgain} OR ${simultaneous}::int IS NOT NULL
      ON CONFLICT ("id") DO UPDATE SET "admitted" = EXCLUDED."admitted", "until" = EXCLUDED."until"
    )
    SELECT v."admitted", v."allowed" AND NOT v."admitted" AS "outrun", v."paceMs" FROM verdict v`
  const [answer] = (await unlessGone(asking)) ?? []
  return answer ?? null
}

/** Does nothing where there is no such instance, or its row is there already. */
export async function openLimits({ workspaceId, instanceId }: InstanceRef): Promise<void> {
  const opening = workspaceDb(workspaceId).$executeRaw`
    INSERT INTO "InstanceLimit" ("workspaceId", "instanceId")
    SELECT i."workspaceId", i."id" FROM "Instance" i WHERE i."workspaceId" = ${workspaceId}::uuid AND i."id" = ${instanceId}::uuid
    ON CONFLICT DO NOTHING`
  await unlessGone(opening)
}

export async function extendTurn({ workspaceId }: InstanceRef, id: string): Promise<void> {
  await workspaceDb(workspaceId).$executeRaw`
    UPDATE "RequestTurn" SET "until" = now() + make_interval(secs => ${underWaySeconds})
    WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${id}::uuid`
}

export async function removeTurn({ workspaceId }: InstanceRef, id: string): Promise<void> {
  await workspaceDb(workspaceId)
    .$executeRaw`DELETE FROM "RequestTurn" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${id}::uuid`
}
