import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Role } from '@/lib/domain/access/roles'
import type { SessionClaims } from './cookie'
import { noteUse } from './note-use'
import { isOpenSql } from './open-sessions'

/** The signed-in person, with the data that the header shows. */
export type Person = {
  actor: PersonActor
  email: string
  workspaceName: string
  /** An IANA name; an empty text means the time zone of the browser. */
  timeZone: string
  /** Whether the person is in other workspaces too. */
  hasOtherWorkspaces: boolean
}

type Row = {
  role: Role
  name: string
  email: string
  workspaceName: string
  timeZone: string
  hasOtherWorkspaces: boolean
  endsAt: Date
  isNoteDue: boolean
}

/** One query for session, membership, role and names. The session must belong to that person in that workspace. */
async function readSession({ sessionId, userId, workspaceId }: SessionClaims): Promise<Row | null> {
  const [row] = await systemDb().$queryRaw<Row[]>`
    SELECT m."role"::text AS "role", u."name", u."email", w."name" AS "workspaceName", s."endsAt",
      coalesce(u."timeZone", '') AS "timeZone",
      EXISTS (SELECT FROM "Membership" o WHERE o."userId" = u."id" AND o."workspaceId" <> w."id") AS "hasOtherWorkspaces",
      s."lastSeenAt" <= now() - interval '1 minute' AS "isNoteDue"
    FROM "Session" s
    JOIN "Membership" m ON m."workspaceId" = s."workspaceId" AND m."userId" = s."userId"
    JOIN "User" u ON u."id" = m."userId"
    JOIN "Workspace" w ON w."id" = m."workspaceId"
    WHERE s."id" = ${sessionId}::uuid AND s."userId" = ${userId}::uuid AND s."workspaceId" = ${workspaceId}::uuid
      AND ${Prisma.raw(isOpenSql('s'))}`
  return row ?? null
}

/**
 * The person of a session; null if the session has ended or the person has left the workspace. The role is always the
 * current one (DATA: People and workspaces).
 */
export async function findPerson(claims: SessionClaims): Promise<Person | null> {
  const row = await readSession(claims)
  if (!row) return null
  if (row.isNoteDue) noteUse(claims.sessionId)
  const { email, workspaceName, timeZone, hasOtherWorkspaces } = row
  return { actor: actorOf(claims, row), email, workspaceName, timeZone, hasOtherWorkspaces }
}

/**
 * The same for requests that a page makes by itself. They do not count as use, so that the session of an abandoned page
 * still ends.
 */
export async function findUnattended(claims: SessionClaims): Promise<PersonActor | null> {
  const row = await readSession(claims)
  return row && actorOf(claims, row)
}

function actorOf(claims: SessionClaims, { name, role }: Row): PersonActor {
  return { kind: 'person', ...claims, label: name, role }
}

/** The latest end of an open session. Reading it does not count as use. */
export async function endOfSession(claims: SessionClaims): Promise<Date | null> {
  return (await readSession(claims))?.endsAt ?? null
}
