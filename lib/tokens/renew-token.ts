import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { spanInWords } from '@/lib/domain/dates/span-in-words'
import { callerGone } from '@/lib/platform/request-under-way'
import { sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { sealedTokenAddress } from './sealed-token-address'
import { markDead, markRejected, storeTokens } from './store-tokens'
import { isDead, openStored, settingsChanged, standingOf } from './stored-token'
import { acquireLease, extendLease, readStoredToken, releaseLease, type TokenLease, type TokenRef } from './token-lease'
import type { AccessToken, ObtainInput, TokenAttempt, TokenNeed, TokenSource } from './types'

/**
 * Gets a new token once, however many requests and processes wait for it. Waiting requests poll and occupy no
 * connection. They all get the result of the one that sent the request, and none of them repeats it.
 */

const pollMs = 300
const storeAttempts = 6

/**
 * One renewal per process and token version. Other requests of this process share its promise; other processes wait for
 * the lease.
 */
const running = new Map<string, Promise<Result<AccessToken>>>()

export function renewOnce(
  tokenRef: TokenRef,
  version: string,
  source: TokenSource,
  need: TokenNeed,
): Promise<Result<AccessToken>> {
  const key = [tokenRef.instanceId, tokenRef.name, source.obtainedFor, version, need.evenIfDead === true].join('|')
  const lately = need.evenIfDead || need.evenIfGood ? undefined : rejectedLately(key)
  if (lately) return Promise.resolve({ ok: false, error: lately })
  const current = running.get(key)
  if (current) return untilCallerIsGone(current)
  const renewal = renewOrWait(tokenRef, version, source, need)
    .then((result) => rememberRejection(key, result))
    .finally(() => running.delete(key))
  running.set(key, renewal)
  return untilCallerIsGone(renewal)
}

/** If the caller has gone, its request stops waiting. The token is still obtained and stored. */
function untilCallerIsGone(renewal: Promise<Result<AccessToken>>): Promise<Result<AccessToken>> {
  const gone = callerGone()
  if (!gone) return renewal
  const left = Promise.withResolvers<Result<AccessToken>>()
  const leave = () =>
    left.resolve(
      refuse('timed_out', 'The caller stopped waiting while this request waited for a new token. Nothing was sent.'),
    )
  if (gone.aborted) leave()
  gone.addEventListener('abort', leave, { once: true })
  return Promise.race([renewal, left.promise]).finally(() => gone.removeEventListener('abort', leave))
}

/**
 * Credentials that were rejected a moment ago are not sent again for every waiting request, because third parties lock
 * accounts after repeated failures.
 */
const rejections = new Map<string, { error: Refusal; at: number }>()
const rejectedForMs = 5_000

function rejectedLately(key: string): Refusal | undefined {
  const rejection = rejections.get(key)
  if (rejection && performance.now() - rejection.at > rejectedForMs) rejections.delete(key)
  return rejections.get(key)?.error
}

function rememberRejection(key: string, result: Result<AccessToken>): Result<AccessToken> {
  for (const [other, { at }] of rejections) if (performance.now() - at > rejectedForMs) rejections.delete(other)
  if (!result.ok && result.error.code === 'token_refused')
    rejections.set(key, { error: result.error, at: performance.now() })
  return result
}

async function renewOrWait(
  tokenRef: TokenRef,
  first: string,
  source: TokenSource,
  need: TokenNeed,
): Promise<Result<AccessToken>> {
  const waitsUntil = performance.now() + source.mostWaitMs
  let waited = false
  for (let version = first; ;) {
    const stored = await readStoredToken(tokenRef)
    if (!stored) return refuse('no_token', 'The token of this instance was removed. Authorise it again.')
    if (stored.sealedAccessToken !== version) {
      const standing = standingOf(stored, source)
      if (standing === 'ours') return succeed(openStored(tokenRef.workspaceId, stored, source, true))
      if (standing === 'later') return settingsChanged()
      version = stored.sealedAccessToken
    }
    if (isDead(stored, source, need)) return refuse('needs_authorising_again', stored.statusReason)
    if (waited && !stored.leased && stored.failure) return { ok: false, error: stored.failure }
    if (performance.now() > waitsUntil) return waitedTooLong(source)
    waited = stored.leased
    const lease = stored.leased ? null : await acquireLease(tokenRef.workspaceId, stored.id, version)
    const outcome = lease ? await renewUnderLease(tokenRef, lease, source, stored.now) : null
    if (outcome) return outcome
    await sleep(pollMs)
  }
}

function waitedTooLong({ connector, mostWaitMs }: TokenSource): Result<never> {
  return refuse(
    'timed_out',
    `Waited ${spanInWords(mostWaitMs)} for a new token that another request had requested from ${connector}. ${connector} has not responded yet. Nothing was sent. Try again later.`,
  )
}

function clockFrom(dbNow: Date): () => Date {
  const started = performance.now()
  return () => new Date(dbNow.getTime() + performance.now() - started)
}

/** Null if the lease was lost in the meantime: the process that took over decides, and the caller checks again. */
async function renewUnderLease(
  tokenRef: TokenRef,
  lease: TokenLease,
  source: TokenSource,
  dbNow: Date,
): Promise<Result<AccessToken> | null> {
  const now = clockFrom(dbNow)
  try {
    if (!(await extendLease(lease))) return null
    const attempt = await source.obtain({ ...openForRenewal(lease, source), now, lost: lease.lost })
    if (attempt.kind === 'grant_dead') return await markDead(tokenRef, lease, source, attempt.message)
    if (attempt.kind === 'failed') return lease.lost.aborted ? null : await giveBack(lease, attempt)
    if (attempt.kind === 'rejected') return await markRejected(tokenRef, lease, source, attempt)
    return await storeWithRetries(tokenRef, lease, source, attempt, now)
  } catch (error) {
    // If the tokens could not be opened, nothing was sent.
    await releaseLease(lease, !(error instanceof UnsealError)).catch(() => {})
    throw error
  } finally {
    lease.stopHeartbeat()
  }
}

/** Tokens of other settings cannot be used to get a new one. */
function openForRenewal(
  lease: TokenLease,
  { obtainedFor }: TokenSource,
): Pick<ObtainInput, 'accessToken' | 'refreshToken'> {
  const { workspaceId, tokenId } = lease
  if (lease.sealedAccessToken === '' || lease.obtainedFor !== obtainedFor)
    return { accessToken: null, refreshToken: null }
  const accessToken = sealedIn(lease, 'sealedAccessToken')
  const refreshToken = sealedIn(lease, 'sealedRefreshToken')
  return {
    accessToken: unseal(accessToken, sealedTokenAddress(workspaceId, tokenId, 'sealedAccessToken')),
    refreshToken:
      refreshToken === null
        ? null
        : unseal(refreshToken, sealedTokenAddress(workspaceId, tokenId, 'sealedRefreshToken')),
  }
}

async function giveBack(
  lease: TokenLease,
  attempt: Extract<TokenAttempt, { kind: 'failed' }>,
): Promise<Result<AccessToken>> {
  await releaseLease(lease, attempt.outcomeUnknown, attempt.error)
  return { ok: false, error: attempt.error }
}

type ObtainedAttempt = Extract<TokenAttempt, { kind: 'obtained' }>

/**
 * A rotated refresh token is not stored anywhere else yet, so a failed write is repeated as long as the lease lasts.
 */
async function storeWithRetries(
  tokenRef: TokenRef,
  lease: TokenLease,
  source: TokenSource,
  obtained: ObtainedAttempt,
  now: () => Date,
): Promise<Result<AccessToken> | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const obtainedAt = now()
      const version = await storeTokens(tokenRef, lease, source, { ...obtained, obtainedAt })
      const { accessToken, tokenType, expiresAt } = obtained.tokens
      const clockAheadMs = obtainedAt.getTime() - Date.now()
      const { obtainedFor } = source
      const token = { accessToken, tokenType, expiresAt, obtainedAt, clockAheadMs, obtainedFor, renewed: true }
      return version === null ? null : succeed({ ...token, version })
    } catch (error) {
      if (attempt === storeAttempts || lease.lost.aborted) throw error
      await sleep(attempt * 200)
    }
  }
}
