import 'server-only'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import type { Client } from './client'
import type { SessionClaims } from './cookie'
import { sessionSeconds } from './open-sessions'

type Opened = { userId: string; workspaceId: string; passwordHash: string; id?: string }

/**
 * Begins a session of a person who has just given the right password. The locks let a change of the password, which ends
 * sessions, come either before, and then there is no session, or after, and then this one is ended too.
 * @param db a transaction, or the client by itself
 * @param id of the session, where it is needed before
 * @returns null where the password was changed, or the person removed, since it was checked
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
