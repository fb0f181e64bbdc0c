import 'server-only'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import type { Client } from './client'
import type { SessionClaims } from './cookie'
import { sessionSeconds } from './open-sessions'

type Opened = { userId: string; workspaceId: string; passwordHash: string; id?: string }

/**
 * Opens a session for a person who has just entered the correct password. The locks order it before or after a change
 * of the password, which ends sessions: after the change no session is opened, and one that was opened before it is
 * ended.
 * @param db a transaction, or the client
 * @param id the ID of the session, if the caller needs it before
 * @returns null if the password was changed or the person removed after the password was checked
 */
export async function openSession(
  db: Pick<Prisma.TransactionClient, '$executeRaw'>,
  { userId, workspaceId, passwordHash, id = newId() }: Opened,
  { userAgent, address }: Client,
): Promise<SessionClaims | null> {
  const count = await db.$executeRaw`
    INSERT INTO "Session" ("id", "workspaceId", "userId", "endsAt", "userAgent", "address")
    SELECT ${id}::uuid, m."workspaceId", m."userId", now() + ${sessionSeconds}::int * interval '1 second', ${userAgent}, ${address}
    FROM "User" u JOIN "Membership" m ON m."userId" = u."id" AND m."workspaceId" = ${workspaceId}::uuid
    WHERE u."id" = ${userId}::uuid AND u."passwordHash" = ${passwordHash}
    FOR SHARE OF u, m`
  return count === 0 ? null : { sessionId: id, userId, workspaceId }
}
