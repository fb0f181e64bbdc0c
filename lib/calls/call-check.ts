import 'server-only'
import { limitsOf, may, userIdOf, type Actor, type PermittedActor } from '@/lib/domain/access/actor'
import { may as mayRole, type Role } from '@/lib/domain/access/roles'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { inBatches } from './in-batches'
import { readPrepared, type PreparedStatement } from '@/lib/platform/db/prepared'
import { isOpenSql } from '@/lib/platform/session/open-sessions'

/** The check directly before a request is sent: whether it is still allowed (DATA §13). */

/** As long as both are unchanged, everything that was read under them is still valid. */
export type Stamps = { connector: string; instance: string }

type CheckRow = {
  /** Position of the call in the arrays, from 1. */
  number: number
  connectorId: string | null
  connector: string | null
  instance: string | null
  /** The role of the responsible person; null without a person, or after they left the workspace. */
  role: Role | null
  /** Whether the actor's session is open; false for actors without one. */
  hasSession: boolean
}

/** Takes no lock, so that an edit never waits for a call. Returns one row for each call. */
const check: PreparedStatement = {
  name: 'check_calls',
  text: `
    SELECT asked."number"::int, i."connectorId", c."generation" AS "connector", i."generation" AS "instance", m."role", s."id" IS NOT NULL AS "hasSession"
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) WITH ORDINALITY AS asked ("workspaceId", "instanceId", "userId", "sessionId", "number")
    LEFT JOIN "Instance" i ON i."workspaceId" = asked."workspaceId" AND i."id" = asked."instanceId"
    LEFT JOIN "Connector" c ON c."workspaceId" = i."workspaceId" AND c."id" = i."connectorId"
    LEFT JOIN "Membership" m ON m."workspaceId" = asked."workspaceId" AND m."userId" = asked."userId"
    LEFT JOIN "Session" s ON s."id" = asked."sessionId" AND s."workspaceId" = m."workspaceId" AND s."userId" = m."userId"
      AND ${isOpenSql('s')}`,
}

type Asked = { workspaceId: string; instanceId: string; userId: string | null; sessionId: string | null }

/** Checks that start at the same time, or while another check is running, share one query. */
const readCheck = inBatches<Asked, CheckRow>(async (asked) => {
  const rows = await readPrepared<CheckRow>('checks', check, [
    asked.map(({ workspaceId }) => workspaceId),
    asked.map(({ instanceId }) => instanceId),
    asked.map(({ userId }) => userId),
    asked.map(({ sessionId }) => sessionId),
  ])
  return rows.sort((one, other) => one.number - other.number)
})

const noLongerAllowed = () =>
  refuse('not_allowed', 'You may no longer send requests in this workspace. Nothing was sent.')

/**
 * Whether the actor may still send requests, and the current stamps. Null if the instance does not exist or the actor
 * may not use it. A check that starts after a change was committed sees that change (rules R3 and R9, removed people,
 * ended sessions).
 */
export async function checkActor(actor: PermittedActor, instanceId: string): Promise<Result<Stamps | null>> {
  const { workspaceId } = actor
  const sessionId = actor.kind === 'person' ? actor.sessionId : null
  const row = await readCheck({ workspaceId, instanceId, userId: userIdOf(actor), sessionId })
  if (!mayStillSend(actor, row)) return noLongerAllowed()
  const { connectorId, connector, instance } = row
  if (connectorId === null || connector === null || instance === null) return succeed(null)
  return succeed(isWithinLimits(actor, { instanceId, connectorId }) ? { connector, instance } : null)
}

function mayStillSend(actor: Actor, { role, hasSession }: CheckRow): boolean {
  if (!may(actor, 'run')) return false
  if (actor.kind === 'person' && !hasSession) return false
  return userIdOf(actor) === null || (role !== null && mayRole(role, 'run'))
}

function isWithinLimits(
  actor: Actor,
  { instanceId, connectorId }: { instanceId: string; connectorId: string },
): boolean {
  if (actor.kind === 'run') return actor.instanceIds.includes(instanceId)
  const limits = limitsOf(actor)
  if (limits === null) return true
  return limits.connectorIds.includes(connectorId) || limits.instances.some(({ id }) => id === instanceId)
}

export function isSame(one: Stamps, other: Stamps | null): boolean {
  return other !== null && one.connector === other.connector && one.instance === other.instance
}
