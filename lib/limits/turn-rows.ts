import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { unlessGone } from '@/lib/platform/db/reference-violation'
import type { Pace } from '@/lib/domain/rate-limit'

/**
 * Turns in the database, shared by all processes. All times are the database's, so that processes with different clocks
 * agree.
 */

export type InstanceRef = { workspaceId: string; instanceId: string }

/**
 * A running request is extended every two seconds. Its process may miss three heartbeats before it is considered dead.
 */
export const heartbeatMs = 2_000
const underWaySeconds = 8
/** A waiting request asks much more often than this. */
const waitingSeconds = 3
/** For this long, newer requests of other processes may go first. Strict order across processes would leave gaps. */
const patienceSeconds = 1

export type TurnRequest = { id: string; pace: Pace; simultaneous: number | null; asksAgain: boolean }

export type TurnAnswer = {
  admitted: boolean
  /** All limits allowed it, but another process was admitted at the same moment. */
  outrun: boolean
  /** Time until the rate limit admits the next request. */
  paceMs: number
}

/**
 * Admits the request if every limit allows it, and otherwise records that it waits. This is one statement, so no
 * connection is occupied while a request waits. It reads the turns and `admissions` at one moment and writes only if
 * `admissions` has not changed: of two processes that see the last free slot, one is admitted and the other asks again.
 * After a limit was raised, requests do not wait at the old pace: a `nextAt` that is too far ahead is moved closer.
 * @returns null if the instance has no row yet or is being deleted
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

/** Does nothing if the instance does not exist or already has a row. */
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
