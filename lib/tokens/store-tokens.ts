import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { refuse, type Result } from '@/lib/domain/result'
import { sentences } from '@/lib/domain/sentences'
import { connected, lockSettings, writeHealth, type Health } from '@/lib/health/write-health'
import { storeValues, replaceStoredValues } from '@/lib/credentials/stored-values'
import { sealedTokenAddress } from './sealed-token-address'
import { settingsChanged } from './stored-token'
import { storeUnderLease, type TokenLease, type TokenRef } from './token-lease'
import type { TokenAttempt, TokenSource } from './types'

/** Stores the result of a token request. It is written under the lease or not at all. */

type Obtained = Extract<TokenAttempt, { kind: 'obtained' }> & { obtainedAt: Date }

/**
 * Stores tokens and the values that came with them before anyone uses them (PRODUCT: OAuth 2 journey, step 6).
 * @returns the new token's version; null if the lease was lost and nothing was written
 */
export async function storeTokens(
  tokenRef: TokenRef,
  lease: TokenLease,
  { settings, obtainedFor }: TokenSource,
  { tokens, replacesEarlier, missed, obtainedAt }: Obtained,
): Promise<string | null> {
  const { workspaceId, tokenId } = lease
  const { accessToken, refreshToken, tokenType, scope, expiresAt, stored } = tokens
  const sealedAccessToken = seal(accessToken, sealedTokenAddress(workspaceId, tokenId, 'sealedAccessToken'))
  const sealedRefreshToken =
    refreshToken === null ? null : seal(refreshToken, sealedTokenAddress(workspaceId, tokenId, 'sealedRefreshToken'))
  const isStored = await workspaceDb(workspaceId).$transaction(async (tx) => {
    const current = await lockSettings(tx, tokenRef)
    const ours = await storeUnderLease(tx, lease, {
      ...{ sealedAccessToken, tokenType, obtainedFor, obtainedAt, expiresAt },
      ...((replacesEarlier || sealedRefreshToken !== null) && { sealedRefreshToken }),
      ...((replacesEarlier || scope !== null) && { scope: scope ?? '' }),
    })
    if (!ours) return false
    await (replacesEarlier ? replaceStoredValues(tx, tokenRef, stored, missed) : storeValues(tx, tokenRef, stored))
    if (current === settings) await writeHealth(tx, tokenRef, connected, lacksToken)
    return true
  })
  return isStored ? sealedAccessToken : null
}

/** A new token clears only a status that was set because a token was missing. A problem found by a request stays. */
const lacksToken = Prisma.sql`(i."status" = 'needs_authorising_again' OR (i."status" = 'failing' AND i."statusCause" = 'getting_token'))`

const interruptedReason =
  'An earlier refresh was interrupted before its response could be stored: most likely the refresh token had already been replaced and the new one was lost.'

/** The grant is dead: only a person can fix it. Null if the lease was lost. */
export async function markDead(
  tokenRef: TokenRef,
  lease: TokenLease,
  source: TokenSource,
  message: string,
): Promise<Result<never> | null> {
  const interrupted = lease.interrupted ? [interruptedReason] : []
  const reason = sentences(reasonFor(source, message), ...interrupted, 'Authorise again to fix this.')
  const dead = refuse('needs_authorising_again', reason)
  const health = { status: 'needs_authorising_again', reason, cause: 'getting_token' } as const
  return endUnderLease(tokenRef, lease, source, { refusal: dead, health })
}

/** The third party rejected the credentials themselves: the instance is failing until a token is obtained. */
export async function markRejected(
  tokenRef: TokenRef,
  lease: TokenLease,
  source: TokenSource,
  { error, status }: Pick<Extract<TokenAttempt, { kind: 'rejected' }>, 'error' | 'status'>,
): Promise<Result<never> | null> {
  const rejected = refuse('token_refused', error.message)
  return endUnderLease(tokenRef, lease, source, {
    refusal: rejected,
    health: { status: 'failing', reason: reasonFor(source, error.message), cause: 'getting_token' },
    verification: { outcome: 'rejected', step: 'getting_token', status, message: error.message },
  })
}

/** Names the connector, which most messages do themselves. */
function reasonFor({ connector }: TokenSource, message: string): string {
  return message.includes(connector) ? message : `${connector} issued no new token. ${message}`
}

type Ending = { refusal: Result<never>; health: Health; verification?: Prisma.InputJsonObject }

/**
 * If the settings changed in the meantime, a rejection says nothing about the current ones: the caller reads them
 * again.
 */
async function endUnderLease(
  tokenRef: TokenRef,
  lease: TokenLease,
  { settings }: TokenSource,
  { refusal, health, verification }: Ending,
): Promise<Result<never> | null> {
  return workspaceDb(tokenRef.workspaceId).$transaction(async (tx) => {
    const isOurs = (await lockSettings(tx, tokenRef)) === settings
    const { count } = await tx.instanceToken.updateMany({
      where: { id: lease.tokenId, fence: lease.fence, leaseOwner: lease.owner },
      data: {
        leaseOwner: null,
        leaseUntil: null,
        leaseFailure: isOurs && !refusal.ok ? refusal.error : Prisma.DbNull,
      },
    })
    if (count === 0) return null
    if (!isOurs) return settingsChanged()
    await writeHealth(tx, tokenRef, health)
    if (verification)
      await tx.instance.updateMany({
        where: { id: tokenRef.instanceId },
        data: { lastVerification: verification, lastVerifiedAt: new Date(), lastVerifiedById: null },
      })
    return refusal
  })
}
