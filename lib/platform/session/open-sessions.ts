import type { Prisma } from '@/lib/platform/db/generated/client'

/** When a session is open, written once: for SQL and for the client (DATA §1). */

/** From signing in; nothing extends it. Of the cookie, too. */
export const sessionSeconds = 14 * 24 * 60 * 60
const idleMs = 3 * 24 * 60 * 60 * 1_000

/** A condition on the database's clock, which all processes share. @param table the name that the query gives it */
export function isOpenSql(table: string): string {
  return `${table}."endedAt" IS NULL AND ${table}."endsAt" > now() AND ${table}."lastSeenAt" > now() - interval '3 days'`
}

/** The same for a list that is read with the client. @param now of the database */
export function openAt(now: Date): Prisma.SessionWhereInput {
  return { endedAt: null, endsAt: { gt: now }, lastSeenAt: { gt: new Date(now.getTime() - idleMs) } }
}
