import 'server-only'
import { Prisma } from '@/lib/platform/db/generated/client'
import { isOpenSql } from './open-sessions'

/**
 * Ends sessions. After the commit no process accepts their cookies, because every request reads the row. A session that
 * has already ended keeps its time. In SQL, because a person's sessions may belong to several workspaces.
 */

const isOpen = Prisma.raw(isOpenSql('"Session"'))

type Db = Pick<Prisma.TransactionClient, '$executeRaw' | '$queryRaw'>

/** Ends one session of a person. @returns null if the person has no such session, or it has already ended */
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
 * Ends all sessions of a person.
 * @param workspaceId only the sessions of this workspace, because the role in it has changed. Default: all, because the
 * password is the same for all
 * @param exceptId the session that stays open
 * @returns the number of ended sessions
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
