import 'server-only'
import { writeHealth } from '@/lib/health/write-health'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { renewOnce } from './renew-token'
import { isDead, isExpired, noTokenYet, openStored, settingsChanged, standingOf } from './stored-token'
import { openToken, readStoredToken, type StoredToken, type TokenRef } from './token-lease'
import type { AccessToken, TokenNeed, TokenSource } from './types'

/**
 * The access token of an instance. However many requests and processes need a new one, it is obtained or refreshed once
 * (PRODUCT: OAuth 2 journey, step 6). The others wait for it without occupying a connection.
 */

/** A token that can be used now. It is obtained or refreshed first if it is missing, due or refused. */
export async function usableToken(
  tokenRef: TokenRef,
  source: TokenSource,
  need: TokenNeed = {},
): Promise<Result<AccessToken>> {
  const stored = await storedFor(tokenRef, source)
  if (!stored) return noTokenYet()
  const standing = standingOf(stored, source)
  if (standing === 'later') return settingsChanged()
  if (standing === 'none' && source.obtainedFor === '') return noTokenYet()
  if (isDead(stored, source, need)) return refuse('needs_authorising_again', stored.statusReason)
  if (standing === 'ours' && !isWanted(stored, source, need))
    return succeed(openStored(tokenRef.workspaceId, stored, source, need.refused !== undefined))
  if (standing === 'ours' && !source.canRenew({ hasRefreshToken: stored.sealedRefreshToken !== null }))
    return withoutRenewal(tokenRef, stored, source, need)
  const renewed = await renewOnce(tokenRef, stored.sealedAccessToken, source, need)
  // While the token endpoint is unavailable, a token that is still valid continues to be used.
  const stillGood = standing === 'ours' && need.refused === undefined && !need.evenIfGood && !isExpired(stored)
  if (!renewed.ok && stillGood && renewed.error.code !== 'needs_authorising_again')
    return succeed(openStored(tokenRef.workspaceId, stored, source, false))
  return renewed
}

async function storedFor(tokenRef: TokenRef, source: TokenSource): Promise<StoredToken | null> {
  const stored = await readStoredToken(tokenRef)
  if (stored || source.obtainedFor === '') return stored
  await openToken(tokenRef)
  return readStoredToken(tokenRef)
}

/** Whether a new token is needed. After a refusal, a stored token that is newer than the refused one is used. */
function isWanted(stored: StoredToken, source: TokenSource, { refused, evenIfGood }: TokenNeed): boolean {
  if (evenIfGood) return true
  return refused === undefined ? source.isDue(stored, stored.now) : stored.sealedAccessToken === refused
}

async function withoutRenewal(
  tokenRef: TokenRef,
  stored: StoredToken,
  source: TokenSource,
  need: TokenNeed,
): Promise<Result<AccessToken>> {
  if (need.refused === undefined && !isExpired(stored))
    return succeed(openStored(tokenRef.workspaceId, stored, source, false))
  const how = need.refused === undefined ? 'has expired' : 'is no longer accepted'
  const why =
    stored.sealedRefreshToken === null
      ? `${source.connector} sent no refresh token`
      : 'this authentication method does not refresh it'
  const reason = `The access token for ${source.connector} ${how} and ${why}. Authorise again to get a new one.`
  const isStillThisToken = Prisma.sql`EXISTS (
    SELECT 1 FROM "InstanceToken" t WHERE t."workspaceId" = i."workspaceId" AND t."instanceId" = i."id"
      AND t."id" = ${stored.id}::uuid AND t."sealedAccessToken" = ${stored.sealedAccessToken})`
  await writeHealth(
    workspaceDb(tokenRef.workspaceId),
    tokenRef,
    { status: 'needs_authorising_again', reason, cause: 'getting_token' },
    isStillThisToken,
  )
  return refuse('needs_authorising_again', reason)
}
