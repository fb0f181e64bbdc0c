import 'server-only'
import { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import type { Client } from './client'
import type { SessionClaims } from './cookie'
import { isOpenSql, sessionSeconds } from './open-sessions'

/** What the person has just proved. It must still be true when the session is opened. */
type Proof =
  /** The hash of the password that they entered. */
  | { passwordHash: string }
  /** The account at the identity provider that they signed in with. */
  | { identity: { issuer: string; subject: string } }

type Opened = Proof & { userId: string; workspaceId: string; id?: string }

/**
 * Opens a session for a person who has just proved who they are, and writes when they last signed in to the workspace.
 * The locks order it before or after a change of the password or a removal, which end sessions: after the change no
 * session is opened, and one that was opened before it is ended.
 * @param db a transaction, or the client
 * @param id the ID of the session, if the caller needs it before
 * @returns null if the password was changed or the person removed after the proof was checked
 */
export async function openSession(
  db: Pick<Prisma.TransactionClient, '$executeRaw'>,
  { userId, workspaceId, id = newId(), ...proof }: Opened,
  { userAgent, address }: Client,
): Promise<SessionClaims | null> {
  // The membership is locked first, as by a removal, so that the two cannot deadlock.
  const count = await db.$executeRaw`
    WITH member AS (
      SELECT m."workspaceId", m."userId"
      FROM "Membership" m JOIN "User" u ON u."id" = m."userId"
      WHERE m."workspaceId" = ${workspaceId}::uuid AND m."userId" = ${userId}::uuid AND ${isTrue(proof)}
      FOR NO KEY UPDATE OF m FOR SHARE OF u
    ), opened AS (
      INSERT INTO "Session" ("id", "workspaceId", "userId", "endsAt", "userAgent", "address")
      SELECT ${id}::uuid, "workspaceId", "userId", now() + ${sessionSeconds}::int * interval '1 second', ${userAgent}, ${address}
      FROM member
    )
    UPDATE "Membership" m SET "lastSignInAt" = now()
    FROM member WHERE m."workspaceId" = member."workspaceId" AND m."userId" = member."userId"`
  return count === 0 ? null : { sessionId: id, userId, workspaceId }
}

function isTrue(proof: Proof): Prisma.Sql {
  if ('passwordHash' in proof) return Prisma.sql`u."passwordHash" = ${proof.passwordHash}`
  const { issuer, subject } = proof.identity
  return Prisma.sql`EXISTS (
    SELECT FROM "Identity" i WHERE i."issuer" = ${issuer} AND i."subject" = ${subject} AND i."userId" = u."id")`
}

/**
 * Moves an open session to another workspace of its person. It stays the same session, so that it ends when it would
 * have ended, and “end all other sessions” ends it wherever it is.
 * @returns null if the session has ended, or the person is not in that workspace
 */
export async function moveSession(
  db: Pick<Prisma.TransactionClient, '$executeRaw'>,
  { sessionId, userId }: Pick<SessionClaims, 'sessionId' | 'userId'>,
  workspaceId: string,
): Promise<SessionClaims | null> {
  const count = await db.$executeRaw`
    WITH member AS (
      UPDATE "Membership" SET "lastSignInAt" = now()
      WHERE "workspaceId" = ${workspaceId}::uuid AND "userId" = ${userId}::uuid
      RETURNING "workspaceId", "userId"
    )
    UPDATE "Session" s SET "workspaceId" = member."workspaceId"
    FROM member
    WHERE s."id" = ${sessionId}::uuid AND s."userId" = member."userId" AND ${Prisma.raw(isOpenSql('s'))}`
  return count === 0 ? null : { sessionId, userId, workspaceId }
}
