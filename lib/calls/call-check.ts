import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import { may, type Role } from '@/lib/domain/access/roles'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { inBatches } from './in-batches'
import { readPrepared, type PreparedStatement } from '@/lib/platform/db/prepared'

/** What decides directly before a request leaves whether it still may (DATA §13). */

/** While both are the same, what was read under them holds. */
export type Stamps = { connector: string; instance: string }

/** What the check asks of an actor. */
export type Caller = Pick<Actor, 'workspaceId' | 'userId'>

type CheckRow = { connector: string | null; instance: string | null; role: Role | null }

/** Takes no lock: an edit never waits for a call. One row for each that is asked about, in their order. */
const check: PreparedStatement = {
  name: 'check_calls',
  text: `
    SELECT c."generation" AS "connector", i."generation" AS "instance", m."role"
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS asked ("workspaceId", "instanceId", "userId", "number")
    LEFT JOIN "Instance" i ON i."workspaceId" = asked."workspaceId" AND i."id" = asked."instanceId"
    LEFT JOIN "Connector" c ON c."workspaceId" = i."workspaceId" AND c."id" = i."connectorId"
    LEFT JOIN "Membership" m ON m."workspaceId" = asked."workspaceId" AND m."userId" = asked."userId"
    ORDER BY asked."number"`,
}

type Asked = { workspaceId: string; userId: string; instanceId: string }

/** Checks that begin at the same time, or while the database is busy with others, go together in one query. */
const readCheck = inBatches<Asked, CheckRow>((asked) =>
  readPrepared<CheckRow>('checks', check, [
    asked.map(({ workspaceId }) => workspaceId),
    asked.map(({ instanceId }) => instanceId),
    asked.map(({ userId }) => userId),
  ]),
)

const noLongerAllowed = () =>
  refuse('not_allowed', 'You may no longer send requests in this workspace. Nothing was sent.')

/**
 * Whether the actor still may send requests, and the stamps of this moment. Null: there is no such instance.
 * Every request whose check begins after a change was committed sees it (rules R3 and R9, removed people).
 */
export async function checkCaller({ workspaceId, userId }: Caller, instanceId: string): Promise<Result<Stamps | null>> {
  const { connector, instance, role } = await readCheck({ workspaceId, userId, instanceId })
  if (role === null || !may(role, 'run')) return noLongerAllowed()
  return succeed(connector === null || instance === null ? null : { connector, instance })
}

export function isSame(one: Stamps, other: Stamps | null): boolean {
  return other !== null && one.connector === other.connector && one.instance === other.instance
}
