import 'server-only'
import { isUsableSql } from '@/lib/api-keys/usable-key'
import { may, userIdOf, type Actor, type PermittedActor } from '@/lib/domain/access/actor'
import { lowerRole } from '@/lib/domain/access/api-keys'
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
  /** The role of the actor's key; null without a key, or if it was revoked or has expired. */
  keyRole: Role | null
  /** Whether the limits of the key include the instance; null without a key. */
  keyReaches: boolean | null
}

/** Takes no lock, so that an edit never waits for a call. Returns one row for each call. */
const check: PreparedStatement = {
  name: 'check_calls',
  text: `
    SELECT asked."number"::int, i."connectorId", c."generation" AS "connector", i."generation" AS "instance", m."role", s."id" IS NOT NULL AS "hasSession",
      k."role" AS "keyRole", NOT k."restricted" OR EXISTS (
        SELECT FROM "ApiKeyLimit" l WHERE l."keyId" = k."id" AND (l."connectorId" = i."connectorId" OR l."instanceId" = i."id")
      ) AS "keyReaches"
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) WITH ORDINALITY
      AS asked ("workspaceId", "instanceId", "userId", "sessionId", "keyId", "number")
    LEFT JOIN "Instance" i ON i."workspaceId" = asked."workspaceId" AND i."id" = asked."instanceId"
    LEFT JOIN "Connector" c ON c."workspaceId" = i."workspaceId" AND c."id" = i."connectorId"
    LEFT JOIN "ApiKey" k ON k."workspaceId" = asked."workspaceId" AND k."id" = asked."keyId" AND ${isUsableSql('k')}
    LEFT JOIN "Membership" m ON m."workspaceId" = asked."workspaceId" AND m."userId" = coalesce(k."ownerId", asked."userId")
    LEFT JOIN "Session" s ON s."id" = asked."sessionId" AND s."workspaceId" = m."workspaceId" AND s."userId" = m."userId"
      AND ${isOpenSql('s')}`,
}

type Asked = {
  workspaceId: string
  instanceId: string
  /** Null for a key, whose owner is read with it, as they are now. */
  userId: string | null
  sessionId: string | null
  keyId: string | null
}

/** Checks that start at the same time, or while another check is running, share one query. */
const readCheck = inBatches<Asked, CheckRow>(async (asked) => {
  const rows = await readPrepared<CheckRow>('checks', check, [
    asked.map(({ workspaceId }) => workspaceId),
    asked.map(({ instanceId }) => instanceId),
    asked.map(({ userId }) => userId),
    asked.map(({ sessionId }) => sessionId),
    asked.map(({ keyId }) => keyId),
  ])
  return rows.sort((one, other) => one.number - other.number)
})

const noLongerAllowed = (actor: Actor) =>
  actor.kind === 'api_key'
    ? refuse(
        'not_allowed',
        'This API key may no longer send requests: it was revoked or has expired, or its role or that of its owner has changed. Nothing was sent.',
      )
    : refuse('not_allowed', 'You may no longer send requests in this workspace. Nothing was sent.')

/**
 * Whether the actor may still send requests, and the current stamps. Null if the instance does not exist or the actor
 * may not use it. A check that starts after a change was committed sees that change (rules R3 and R9, removed people,
 * ended sessions, revoked keys and their limits).
 */
export async function checkActor(actor: PermittedActor, instanceId: string): Promise<Result<Stamps | null>> {
  const { workspaceId } = actor
  const row = await readCheck({
    ...{ workspaceId, instanceId },
    userId: actor.kind === 'person' ? actor.userId : null,
    sessionId: actor.kind === 'person' ? actor.sessionId : null,
    keyId: actor.kind === 'api_key' ? actor.keyId : null,
  })
  if (!mayStillSend(actor, row)) return noLongerAllowed(actor)
  const { connectorId, connector, instance } = row
  if (connectorId === null || connector === null || instance === null) return succeed(null)
  return succeed(isWithinLimits(actor, instanceId, row) ? { connector, instance } : null)
}

function mayStillSend(actor: Actor, { role, hasSession, keyRole }: CheckRow): boolean {
  if (!may(actor, 'run')) return false
  if (userIdOf(actor) === null) return true
  if (role === null) return false
  if (actor.kind === 'api_key') return keyRole !== null && mayRole(lowerRole(keyRole, role), 'run')
  return hasSession && mayRole(role, 'run')
}

/** The limits of a key are those that it has now, not those with which the actor was read. */
function isWithinLimits(actor: Actor, instanceId: string, { keyReaches }: CheckRow): boolean {
  if (actor.kind === 'run') return actor.instanceIds.includes(instanceId)
  return actor.kind !== 'api_key' || keyReaches === true
}

export function isSame(one: Stamps, other: Stamps | null): boolean {
  return other !== null && one.connector === other.connector && one.instance === other.instance
}
