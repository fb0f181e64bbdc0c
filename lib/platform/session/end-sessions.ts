import 'server-only'
import { Prisma } from '@/lib/platform/db/generated/client'
import { isOpenSql } from './open-sessions'

/**
 * Ending sessions: from the commit on no process takes their cookies, since every request reads the row. A session that
 * has ended keeps the moment. SQL, because a person's sessions may be of several workspaces.
 */

const isOpen = Prisma.raw(isOpenSql('"Session"'))

type Db = Pick<Prisma.TransactionClient, '$executeRaw' | '$queryRaw'>

/** One session of that person. @returns null where the person has no such session, or it has ended */
export async function endSession(
  db: Db,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<{ userAgent: string } | null> {
  const [ended] = await db.$queryRaw<{ userAgent: string }[]>`
    UPDATE "Session" SET "endedAt" = now()
    WHERE "id" = ${sessionId}::uuid AND "userId" = ${userId}::uuid AND ${isOpen}
    RETURNING "userAgent"`
  return ended ?? null
}

/**
 * All sessions of a person.
 * @param workspaceId only those of this workspace: its role has changed. Else all, since the password is one for all.
 * @param exceptId stays open
 * @returns how many were ended
 */
export function endSessions(
  db: Db,
  { userId, workspaceId, exceptId }: { userId: string; workspaceId?: string; exceptId?: string },
): Promise<number> {
  const ofWorkspace = workspaceId === undefined ? Prisma.empty : Prisma.sql`AND "workspaceId" = ${workspaceId}::uuid`
  const others = exceptId === undefined ? Prisma.empty : Prisma.sql`AND "id" <> ${exceptId}::uuid`
  return db.$executeRaw`
    UPDATE "Session" SET "endedAt" = now()
    WHERE "userId" = ${userId}::uuid AND ${isOpen} ${ofWorkspace} ${others}`
}
