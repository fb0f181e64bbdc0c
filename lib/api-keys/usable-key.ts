import type { KeyState } from '@/lib/domain/access/api-keys'
import type { Prisma } from '@/lib/platform/db/generated/client'

/** When a key can be used, for SQL; the same as `keyStateOf`. Its owner must be a member, which the query adds. */

/** A condition on the database's clock, which all processes share. @param table the alias of the table in the query */
export function isUsableSql(table: string): string {
  return `${table}."revokedAt" IS NULL AND (${table}."expiresAt" IS NULL OR ${table}."expiresAt" > now())`
}

/** Keys in a state, for Prisma. @param now the time of the database */
export function inState(state: KeyState, now: Date): Prisma.ApiKeyWhereInput {
  switch (state) {
    case 'active':
      return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
    case 'expired':
      return { revokedAt: null, expiresAt: { lte: now } }
    case 'revoked':
      return { revokedAt: { not: null } }
  }
}
