import type { Prisma } from '@/lib/platform/db/generated/client'

/** The only definition of when a session is open, for SQL and for Prisma (DATA §1). */

/** The lifetime of a session and its cookie, from signing in. Nothing extends it. */
export const sessionSeconds = 14 * 24 * 60 * 60
const idleMs = 3 * 24 * 60 * 60 * 1_000

/** A condition on the database's clock, which all processes share. @param table the alias of the table in the query */
export function isOpenSql(table: string): string {
  return `${table}."endedAt" IS NULL AND ${table}."endsAt" > now() AND ${table}."lastSeenAt" > now() - interval '3 days'`
}

/** The same for a query with Prisma. @param now the time of the database */
export function openAt(now: Date): Prisma.SessionWhereInput {
  return { endedAt: null, endsAt: { gt: now }, lastSeenAt: { gt: new Date(now.getTime() - idleMs) } }
}
