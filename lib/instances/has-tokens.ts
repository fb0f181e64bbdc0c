import type { Prisma } from '@/lib/platform/db/generated/client'

/** Instances of a connector that have tokens, which *Revoke all tokens* is about. */
export function hasTokens(connectorId: string) {
  return {
    connectorId,
    tokens: { some: { name: 'default', sealedAccessToken: { not: '' } } },
  } satisfies Prisma.InstanceWhereInput
}
