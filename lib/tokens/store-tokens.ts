import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { refuse, type Refusal, type Result } from '@/lib/domain/result'
import { sentences } from '@/lib/domain/sentences'
import { keepValues, replaceKeptValues } from '@/lib/credentials/kept-values'
import { sealedTokenPlace } from './sealed-token-place'
import { storeUnderLease, type TokenLease, type TokenPlace } from './token-lease'
import type { NewTokens } from './new-tokens'

/** What becomes of a token once the third party has answered: written under the lease or not at all. */

/**
 * Before its token, in the order in which an authorisation takes them: else the two could wait for each other, and its
 * code be lost.
 */
async function lockInstance(tx: WorkspaceTransaction, { workspaceId, instanceId }: TokenPlace): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Instance" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${instanceId}::uuid FOR NO KEY UPDATE`
}

type Obtained = { tokens: NewTokens; replacesEarlier: boolean; missed: string[]; obtainedFor: string; obtainedAt: Date }

/**
 * Stores tokens and the values that came with them before anyone uses them (PRODUCT: OAuth 2 journey, step 6).
 * @returns the new token's version; null when the lease was lost, and then nothing is written
 */
export async function storeTokens(
  place: TokenPlace,
  lease: TokenLease,
  { tokens, replacesEarlier, missed, obtainedFor, obtainedAt }: Obtained,
): Promise<string | null> {
  const { workspaceId, tokenId } = lease
  const { accessToken, refreshToken, tokenType, scope, expiresAt, kept } = tokens
  const sealedAccessToken = seal(accessToken, sealedTokenPlace(workspaceId, tokenId, 'sealedAccessToken'))
  const sealedRefreshToken =
    refreshToken === null ? null : seal(refreshToken, sealedTokenPlace(workspaceId, tokenId, 'sealedRefreshToken'))
  const stored = await workspaceDb(workspaceId).$transaction(async (tx) => {
    await lockInstance(tx, place)
    const ours = await storeUnderLease(tx, lease, {
      ...{ sealedAccessToken, tokenType, obtainedFor, obtainedAt, expiresAt },
      ...((replacesEarlier || sealedRefreshToken !== null) && { sealedRefreshToken }),
      ...((replacesEarlier || scope !== null) && { scope: scope ?? '' }),
    })
    if (!ours) return false
    await (replacesEarlier ? replaceKeptValues(tx, place, kept, missed) : keepValues(tx, place, kept))
    await recover(tx, place.instanceId)
    return true
  })
  return stored ? sealedAccessToken : null
}

/** A token that came mends what the lack of one had broken, and nothing else: what a test request found stays. */
async function recover(tx: WorkspaceTransaction, instanceId: string): Promise<void> {
  await tx.instance.updateMany({
    where: {
      id: instanceId,
      OR: [
        { status: 'needs_authorising_again' },
        { status: 'failing', lastVerification: { path: ['step'], equals: 'getting_token' } },
      ],
    },
    data: { status: 'connected', statusReason: '', statusSince: new Date() },
  })
}

const interruptedReason =
  'An earlier refresh was cut off before its answer could be stored, so the third party had most likely already replaced the refresh token and the new one was lost.'

/** The grant is dead: only a person can repair it. Null when the lease was lost. */
export async function markDead(place: TokenPlace, lease: TokenLease, message: string): Promise<Result<never> | null> {
  const interrupted = lease.interrupted ? [interruptedReason] : []
  const reason = sentences(message, ...interrupted, 'Authorise again to repair it.')
  const dead = refuse('needs_authorising_again', reason)
  const ours = await endUnderLease(place, lease, dead.error, (tx) =>
    tx.instance.updateMany({
      where: { id: place.instanceId },
      data: { status: 'needs_authorising_again', statusReason: reason, statusSince: new Date() },
    }),
  )
  return ours ? dead : null
}

/** The third party refuses the credentials themselves: the instance is failing until a token comes. */
export async function markRejected(
  place: TokenPlace,
  lease: TokenLease,
  { error, status }: { error: Refusal; status: number | null },
): Promise<Result<never> | null> {
  const now = new Date()
  const lastVerification = { outcome: 'rejected', step: 'getting_token', status, message: error.message }
  const rejected = refuse('token_refused', error.message)
  const ours = await endUnderLease(place, lease, rejected.error, async (tx) => {
    const where = { id: place.instanceId }
    await tx.instance.updateMany({ where: { ...where, status: { not: 'failing' } }, data: { statusSince: now } })
    await tx.instance.updateMany({
      where,
      data: {
        status: 'failing',
        statusReason: error.message,
        lastVerification,
        lastVerifiedAt: now,
        lastVerifiedById: null,
      },
    })
  })
  return ours ? rejected : null
}

async function endUnderLease(
  place: TokenPlace,
  lease: TokenLease,
  failure: Refusal,
  mark: (tx: WorkspaceTransaction) => Promise<unknown>,
): Promise<boolean> {
  return workspaceDb(place.workspaceId).$transaction(async (tx) => {
    await lockInstance(tx, place)
    const { count } = await tx.instanceToken.updateMany({
      where: { id: lease.tokenId, fence: lease.fence, leaseOwner: lease.owner },
      data: { leaseOwner: null, leaseUntil: null, leaseFailure: failure },
    })
    if (count === 0) return false
    await mark(tx)
    return true
  })
}
