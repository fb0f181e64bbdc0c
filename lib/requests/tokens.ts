import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/db/client'
import { needsRefresh } from '@/lib/domain/oauth2/refresh-rule'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { seal, unseal, UnsealError } from '@/lib/crypto/seal'
import { keepValues } from './kept-values'
import { acquireLease, extendLease, readStoredToken, releaseLease, storeUnderLease, type StoredToken, type TokenLease, type TokenPlace } from './token-lease'

/**
 * The access token of an instance, fresh when it is handed out. However many requests and processes want one, a
 * refresh happens once (PRODUCT: OAuth 2 journey, step 6); the others wait for it, without holding a connection.
 */

const pollMs = 300
const storeAttempts = 6

export type AccessToken = {
  version: string
  accessToken: string
  tokenType: string
  /** By a refresh that was waited for: values kept from its answer are new as well. */
  renewed: boolean
}

export type NewTokens = {
  accessToken: string
  refreshToken: string | null
  tokenType: string
  scope: string | null
  expiresAt: Date | null
  kept: Record<string, string>
}

export type RefreshAttempt =
  | { kind: 'refreshed'; tokens: NewTokens }
  | { kind: 'grant_dead'; message: string }
  /** `outcomeUnknown`: the request may have reached the third party, but no answer came back. */
  | { kind: 'failed'; error: Refusal; outcomeUnknown: boolean }

/** Calls the token endpoint with the refresh token. `now` is the database's clock, by which lifetimes are counted. */
export type Refresher = (input: { refreshToken: string; now: () => Date; lost: AbortSignal }) => Promise<RefreshAttempt>

export type TokenNeed = {
  /** The version that the third party has just refused as expired. */
  refused?: string
  /** *Check now* tries even a grant that was found dead: that is how a wrong verdict is mended. */
  evenIfDead?: boolean
}

export function sealedTokenPlace(workspaceId: string, tokenId: string, field: 'sealedAccessToken' | 'sealedRefreshToken') {
  return { workspaceId, table: 'InstanceToken', rowId: tokenId, field }
}

function open(workspaceId: string, stored: StoredToken, renewed: boolean): AccessToken {
  return {
    version: stored.sealedAccessToken,
    accessToken: unseal(stored.sealedAccessToken, sealedTokenPlace(workspaceId, stored.id, 'sealedAccessToken')),
    tokenType: stored.tokenType,
    renewed,
  }
}

function isExpired({ expiresAt, now }: StoredToken): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now.getTime()
}

/** A token that may be used now, refreshed first when it is due or was refused. */
export async function usableToken(place: TokenPlace, refresher: Refresher, need: TokenNeed = {}): Promise<Result<AccessToken>> {
  const stored = await readStoredToken(place)
  if (!stored) return refuse('no_token', 'This instance has no access token yet. Authorise it first.')
  if (isDead(stored, need)) return refuse('needs_authorising_again', stored.statusReason)
  const wanted = need.refused === undefined ? needsRefresh(stored, stored.now) : stored.sealedAccessToken === need.refused
  // After a refusal the stored one is newer than the one that was refused.
  if (!wanted) return succeed(open(place.workspaceId, stored, need.refused !== undefined))
  if (stored.sealedRefreshToken === null) return withoutRefreshToken(place, stored, need)
  const refreshed = await refreshOnce(place, stored.sealedAccessToken, refresher, need)
  // A token endpoint that is down for a moment does not stop a token that is still good.
  const stillGood = need.refused === undefined && !isExpired(stored)
  if (!refreshed.ok && stillGood && refreshed.error.code !== 'needs_authorising_again') return succeed(open(place.workspaceId, stored, false))
  return refreshed
}

function isDead(stored: StoredToken, need: TokenNeed): boolean {
  return stored.status === 'needs_authorising_again' && !need.evenIfDead
}

async function withoutRefreshToken(place: TokenPlace, stored: StoredToken, need: TokenNeed): Promise<Result<AccessToken>> {
  if (need.refused === undefined && !isExpired(stored)) return succeed(open(place.workspaceId, stored, false))
  const how = need.refused === undefined ? 'expired' : 'is no longer accepted'
  const reason = `The access token ${how} and the third party gave no refresh token. Authorise again to get a new one.`
  await workspaceDb(place.workspaceId).instance.updateMany({
    where: { id: place.instanceId, tokens: { some: { id: stored.id, sealedAccessToken: stored.sealedAccessToken } } },
    data: { status: 'needs_authorising_again', statusReason: reason, statusSince: new Date() },
  })
  return refuse('needs_authorising_again', reason)
}

/** One refresh per process and token version: the others of this process share its promise, those of other processes the lease. */
const running = new Map<string, Promise<Result<AccessToken>>>()

function refreshOnce(place: TokenPlace, version: string, refresher: Refresher, need: TokenNeed): Promise<Result<AccessToken>> {
  const key = `${version}|${need.evenIfDead === true}`
  const current = running.get(key)
  if (current) return current
  const refresh = refreshOrWait(place, version, refresher, need).finally(() => running.delete(key))
  running.set(key, refresh)
  return refresh
}

async function refreshOrWait(place: TokenPlace, version: string, refresher: Refresher, need: TokenNeed): Promise<Result<AccessToken>> {
  for (;;) {
    const stored = await readStoredToken(place)
    if (!stored) return refuse('no_token', 'The token of this instance was removed. Authorise it again.')
    if (stored.sealedAccessToken !== version) return succeed(open(place.workspaceId, stored, true))
    if (isDead(stored, need)) return refuse('needs_authorising_again', stored.statusReason)
    const lease = stored.leased ? null : await acquireLease(place.workspaceId, stored.id, version)
    const outcome = lease ? await refreshUnderLease(place, lease, refresher, stored.now) : null
    if (outcome) return outcome
    await sleep(pollMs)
  }
}

function clockFrom(dbNow: Date): () => Date {
  const started = performance.now()
  return () => new Date(dbNow.getTime() + performance.now() - started)
}

/** Null when the lease was lost on the way: whoever took over decides, and the caller looks again. */
async function refreshUnderLease(place: TokenPlace, lease: TokenLease, refresher: Refresher, dbNow: Date): Promise<Result<AccessToken> | null> {
  const now = clockFrom(dbNow)
  try {
    if (lease.sealedRefreshToken === null || !(await extendLease(lease))) return null
    const refreshToken = unseal(lease.sealedRefreshToken, sealedTokenPlace(lease.workspaceId, lease.tokenId, 'sealedRefreshToken'))
    const attempt = await refresher({ refreshToken, now, lost: lease.lost })
    if (attempt.kind === 'grant_dead') return await markDead(place, lease, attempt.message)
    if (attempt.kind === 'failed') return lease.lost.aborted ? null : await giveBack(lease, attempt)
    return await storeWithRetries(place, lease, attempt.tokens, now)
  } catch (error) {
    // What does not even open was never sent.
    await releaseLease(lease, !(error instanceof UnsealError)).catch(() => {})
    throw error
  } finally {
    lease.stopHeartbeat()
  }
}

async function giveBack(lease: TokenLease, attempt: Extract<RefreshAttempt, { kind: 'failed' }>): Promise<Result<AccessToken>> {
  await releaseLease(lease, attempt.outcomeUnknown)
  return { ok: false, error: attempt.error }
}

/** A rotated refresh token exists nowhere else yet: a database that stumbles is asked again while the lease lives. */
async function storeWithRetries(place: TokenPlace, lease: TokenLease, tokens: NewTokens, now: () => Date): Promise<Result<AccessToken> | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store(place, lease, tokens, now)
    } catch (error) {
      if (attempt === storeAttempts || lease.lost.aborted) throw error
      await sleep(attempt * 200)
    }
  }
}

/** Before its token, in the order in which an authorisation takes them: else the two could wait for each other, and its code be lost. */
async function lockInstance(tx: WorkspaceTransaction, { workspaceId, instanceId }: TokenPlace): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Instance" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${instanceId}::uuid FOR NO KEY UPDATE`
}

/** Stored before anyone uses it (PRODUCT: OAuth 2 journey, step 6). */
async function store(place: TokenPlace, lease: TokenLease, tokens: NewTokens, now: () => Date): Promise<Result<AccessToken> | null> {
  const { workspaceId, tokenId } = lease
  const sealedAccessToken = seal(tokens.accessToken, sealedTokenPlace(workspaceId, tokenId, 'sealedAccessToken'))
  const stored = await workspaceDb(workspaceId).$transaction(async (tx) => {
    await lockInstance(tx, place)
    const ours = await storeUnderLease(tx, lease, {
      sealedAccessToken,
      ...(tokens.refreshToken !== null && {
        sealedRefreshToken: seal(tokens.refreshToken, sealedTokenPlace(workspaceId, tokenId, 'sealedRefreshToken')),
      }),
      tokenType: tokens.tokenType,
      ...(tokens.scope !== null && { scope: tokens.scope }),
      expiresAt: tokens.expiresAt,
      obtainedAt: now(),
    })
    if (!ours) return false
    await keepValues(tx, place, tokens.kept)
    await tx.instance.updateMany({
      where: { id: place.instanceId, status: 'needs_authorising_again' },
      data: { status: 'connected', statusReason: '', statusSince: new Date() },
    })
    return true
  })
  return stored ? succeed({ version: sealedAccessToken, accessToken: tokens.accessToken, tokenType: tokens.tokenType, renewed: true }) : null
}

const interruptedReason =
  'An earlier refresh was cut off before its answer could be stored, so the third party had most likely already replaced the refresh token and the new one was lost.'

async function markDead(place: TokenPlace, lease: TokenLease, message: string): Promise<Result<AccessToken> | null> {
  const reason = [message, ...(lease.interrupted ? [interruptedReason] : []), 'Authorise again to repair it.'].join(' ')
  const ours = await workspaceDb(place.workspaceId).$transaction(async (tx) => {
    await lockInstance(tx, place)
    const { count } = await tx.instanceToken.updateMany({
      where: { id: lease.tokenId, fence: lease.fence, leaseOwner: lease.owner },
      data: { leaseOwner: null, leaseUntil: null },
    })
    if (count === 0) return false
    await tx.instance.updateMany({
      where: { id: place.instanceId },
      data: { status: 'needs_authorising_again', statusReason: reason, statusSince: new Date() },
    })
    return true
  })
  return ours ? refuse('needs_authorising_again', reason) : null
}
