import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { workspaceDb } from '@/lib/platform/db/client'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { unseal, UnsealError } from '@/lib/platform/crypto/seal'
import type { NewTokens } from './new-tokens'
import { sealedTokenPlace } from './sealed-token-place'
import { markDead, markRejected, storeTokens } from './store-tokens'
import {
  acquireLease,
  extendLease,
  openToken,
  readStoredToken,
  releaseLease,
  type StoredToken,
  type TokenLease,
  type TokenPlace,
} from './token-lease'

/**
 * The access token of an instance, fresh when it is handed out. However many requests and processes want one, it is
 * obtained or refreshed once (PRODUCT: OAuth 2 journey, step 6); the others wait for it, without holding a connection.
 */

const pollMs = 300
const storeAttempts = 6

export type AccessToken = {
  version: string
  accessToken: string
  tokenType: string
  /** The settings that it comes from; empty where a person authorised. */
  obtainedFor: string
  expiresAt: Date | null
  obtainedAt: Date
  /** By how much the database's clock, which counts lifetimes, is ahead of this process's. */
  clockAheadMs: number
  /** Obtained while this request waited: values kept from the answer are new as well. */
  renewed: boolean
}

export type TokenAttempt =
  /** `anew`: they take the place of all that came with the earlier ones. */
  | { kind: 'obtained'; tokens: NewTokens; anew: boolean; missed: string[] }
  /** Only a person can repair it. */
  | { kind: 'grant_dead'; message: string }
  /** The third party refuses the credentials from which a token is obtained without a person. */
  | { kind: 'rejected'; status: number | null; error: Refusal }
  /** `outcomeUnknown`: the request may have reached the third party, but no answer came back. */
  | { kind: 'failed'; error: Refusal; outcomeUnknown: boolean }

/** What there is to get a new token with; null: nothing that belongs to these settings. `now` is the database's clock, by which lifetimes are counted. */
export type ObtainInput = {
  accessToken: string | null
  refreshToken: string | null
  now: () => Date
  lost: AbortSignal
}

/** Where the tokens of an instance come from: its method and settings as they are now. */
export type TokenSource = {
  /** `<method revision>.<instance revision>`: a token of other settings is not used. Empty where a person authorised. */
  obtainedFor: string
  isDue: (token: Pick<StoredToken, 'expiresAt' | 'obtainedAt'>, now: Date) => boolean
  /** Whether a new token can be got without a person. */
  canRenew: (stored: { hasRefreshToken: boolean }) => boolean
  obtain: (input: ObtainInput) => Promise<TokenAttempt>
}

export type TokenNeed = {
  /** The version that the third party has just refused as expired. */
  refused?: string
  /** *Check now* tries even a grant that was found dead: that is how a wrong verdict is mended. */
  evenIfDead?: boolean
  /** *Check now* where getting a token is all that can be verified. */
  anew?: boolean
}

/** Only a token that is of the settings at hand is opened. */
function open(workspaceId: string, stored: StoredToken, { obtainedFor }: TokenSource, renewed: boolean): AccessToken {
  return {
    version: stored.sealedAccessToken,
    accessToken: unseal(stored.sealedAccessToken, sealedTokenPlace(workspaceId, stored.id, 'sealedAccessToken')),
    ...{ tokenType: stored.tokenType, obtainedFor, renewed },
    ...{ expiresAt: stored.expiresAt, obtainedAt: stored.obtainedAt },
    clockAheadMs: stored.now.getTime() - Date.now(),
  }
}

function isExpired({ expiresAt, now }: StoredToken): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now.getTime()
}

/** Whether the stored token is of the settings at hand, of earlier ones, of later ones that the caller has not read yet, or there is none. */
type Standing = 'ours' | 'earlier' | 'later' | 'none'

function standingOf(stored: StoredToken, { obtainedFor }: TokenSource): Standing {
  if (stored.sealedAccessToken === '') return 'none'
  if (stored.obtainedFor === obtainedFor) return 'ours'
  // Of a time when the method asked no person.
  if (obtainedFor === '') return 'none'
  const [one, other] = [revisionsIn(stored.obtainedFor), revisionsIn(obtainedFor)]
  return one.some((revision, index) => revision > other[index]!) ? 'later' : 'earlier'
}

function revisionsIn(obtainedFor: string): [method: number, instance: number] {
  const [method = 0, instance = 0] = obtainedFor.split('.').map(Number)
  return [method, instance]
}

const noTokenYet = () => refuse('no_token', 'This instance has no access token yet. Authorise it first.')
/** Whoever asked reads the settings again. */
const settingsChanged = () =>
  refuse(
    'changed_by_someone_else',
    'The settings of this instance were changed while the request was made. Send it again.',
  )

/** A token that may be used now, obtained or refreshed first where there is none, it is due, or it was refused. */
export async function usableToken(
  place: TokenPlace,
  source: TokenSource,
  need: TokenNeed = {},
): Promise<Result<AccessToken>> {
  const stored = await storedFor(place, source)
  if (!stored) return noTokenYet()
  const standing = standingOf(stored, source)
  if (standing === 'later') return settingsChanged()
  if (standing === 'none' && source.obtainedFor === '') return noTokenYet()
  if (isDead(stored, source, need)) return refuse('needs_authorising_again', stored.statusReason)
  if (standing === 'ours' && !isWanted(stored, source, need))
    return succeed(open(place.workspaceId, stored, source, need.refused !== undefined))
  if (standing === 'ours' && !source.canRenew({ hasRefreshToken: stored.sealedRefreshToken !== null }))
    return withoutRenewal(place, stored, source, need)
  const renewed = await renewOnce(place, stored.sealedAccessToken, source, need)
  // A token endpoint that is down for a moment does not stop a token that is still good.
  const stillGood = standing === 'ours' && need.refused === undefined && !need.anew && !isExpired(stored)
  if (!renewed.ok && stillGood && renewed.error.code !== 'needs_authorising_again')
    return succeed(open(place.workspaceId, stored, source, false))
  return renewed
}

async function storedFor(place: TokenPlace, source: TokenSource): Promise<StoredToken | null> {
  const stored = await readStoredToken(place)
  if (stored || source.obtainedFor === '') return stored
  await openToken(place)
  return readStoredToken(place)
}

/** After a refusal a stored token that is newer than the refused one will do. */
function isWanted(stored: StoredToken, source: TokenSource, { refused, anew }: TokenNeed): boolean {
  if (anew) return true
  return refused === undefined ? source.isDue(stored, stored.now) : stored.sealedAccessToken === refused
}

function isDead(stored: StoredToken, { obtainedFor }: TokenSource, need: TokenNeed): boolean {
  return obtainedFor === '' && stored.status === 'needs_authorising_again' && !need.evenIfDead
}

async function withoutRenewal(
  place: TokenPlace,
  stored: StoredToken,
  source: TokenSource,
  need: TokenNeed,
): Promise<Result<AccessToken>> {
  if (need.refused === undefined && !isExpired(stored)) return succeed(open(place.workspaceId, stored, source, false))
  const how = need.refused === undefined ? 'expired' : 'is no longer accepted'
  const why =
    stored.sealedRefreshToken === null
      ? 'the third party gave no refresh token'
      : 'this authentication method does not refresh it'
  const reason = `The access token ${how} and ${why}. Authorise again to get a new one.`
  await workspaceDb(place.workspaceId).instance.updateMany({
    where: { id: place.instanceId, tokens: { some: { id: stored.id, sealedAccessToken: stored.sealedAccessToken } } },
    data: { status: 'needs_authorising_again', statusReason: reason, statusSince: new Date() },
  })
  return refuse('needs_authorising_again', reason)
}

/** One renewal per process and token version: the others of this process share its promise, those of other processes the lease. */
const running = new Map<string, Promise<Result<AccessToken>>>()

function renewOnce(
  place: TokenPlace,
  version: string,
  source: TokenSource,
  need: TokenNeed,
): Promise<Result<AccessToken>> {
  const key = [place.instanceId, place.name, source.obtainedFor, version, need.evenIfDead === true].join('|')
  const lately = need.evenIfDead || need.anew ? undefined : rejectedLately(key)
  if (lately) return Promise.resolve({ ok: false, error: lately })
  const current = running.get(key)
  if (current) return current
  const renewal = renewOrWait(place, version, source, need)
    .then((result) => rememberRejection(key, result))
    .finally(() => running.delete(key))
  running.set(key, renewal)
  return renewal
}

/** Credentials that were refused a moment ago are not sent again with each of many requests: third parties lock accounts for that. */
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
  place: TokenPlace,
  first: string,
  source: TokenSource,
  need: TokenNeed,
): Promise<Result<AccessToken>> {
  for (let version = first; ;) {
    const stored = await readStoredToken(place)
    if (!stored) return refuse('no_token', 'The token of this instance was removed. Authorise it again.')
    if (stored.sealedAccessToken !== version) {
      const standing = standingOf(stored, source)
      if (standing === 'ours') return succeed(open(place.workspaceId, stored, source, true))
      if (standing === 'later') return settingsChanged()
      version = stored.sealedAccessToken
    }
    if (isDead(stored, source, need)) return refuse('needs_authorising_again', stored.statusReason)
    const lease = stored.leased ? null : await acquireLease(place.workspaceId, stored.id, version)
    const outcome = lease ? await renewUnderLease(place, lease, source, stored.now) : null
    if (outcome) return outcome
    await sleep(pollMs)
  }
}

function clockFrom(dbNow: Date): () => Date {
  const started = performance.now()
  return () => new Date(dbNow.getTime() + performance.now() - started)
}

/** Null when the lease was lost on the way: whoever took over decides, and the caller looks again. */
async function renewUnderLease(
  place: TokenPlace,
  lease: TokenLease,
  source: TokenSource,
  dbNow: Date,
): Promise<Result<AccessToken> | null> {
  const now = clockFrom(dbNow)
  try {
    if (!(await extendLease(lease))) return null
    const attempt = await source.obtain({ ...openForRenewal(lease, source), now, lost: lease.lost })
    if (attempt.kind === 'grant_dead') return await markDead(place, lease, attempt.message)
    if (attempt.kind === 'failed') return lease.lost.aborted ? null : await giveBack(lease, attempt)
    if (attempt.kind === 'rejected') return await markRejected(place, lease, attempt)
    return await storeWithRetries(place, lease, source, attempt, now)
  } catch (error) {
    // What does not even open was never sent.
    await releaseLease(lease, !(error instanceof UnsealError)).catch(() => {})
    throw error
  } finally {
    lease.stopHeartbeat()
  }
}

/** Tokens of other settings are no way to a new one. */
function openForRenewal(
  lease: TokenLease,
  { obtainedFor }: TokenSource,
): Pick<ObtainInput, 'accessToken' | 'refreshToken'> {
  const { workspaceId, tokenId, seenAccessToken, sealedRefreshToken } = lease
  const isOurs = seenAccessToken !== '' && lease.obtainedFor === obtainedFor
  return {
    accessToken: isOurs ? unseal(seenAccessToken, sealedTokenPlace(workspaceId, tokenId, 'sealedAccessToken')) : null,
    refreshToken:
      isOurs && sealedRefreshToken !== null
        ? unseal(sealedRefreshToken, sealedTokenPlace(workspaceId, tokenId, 'sealedRefreshToken'))
        : null,
  }
}

async function giveBack(
  lease: TokenLease,
  attempt: Extract<TokenAttempt, { kind: 'failed' }>,
): Promise<Result<AccessToken>> {
  await releaseLease(lease, attempt.outcomeUnknown)
  return { ok: false, error: attempt.error }
}

type ObtainedAttempt = Extract<TokenAttempt, { kind: 'obtained' }>

/** A rotated refresh token exists nowhere else yet: a database that stumbles is asked again while the lease lives. */
async function storeWithRetries(
  place: TokenPlace,
  lease: TokenLease,
  { obtainedFor }: TokenSource,
  obtained: ObtainedAttempt,
  now: () => Date,
): Promise<Result<AccessToken> | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const obtainedAt = now()
      const version = await storeTokens(place, lease, { ...obtained, obtainedFor, obtainedAt })
      const { accessToken, tokenType, expiresAt } = obtained.tokens
      const clockAheadMs = obtainedAt.getTime() - Date.now()
      const token = { accessToken, tokenType, expiresAt, obtainedAt, clockAheadMs, obtainedFor, renewed: true }
      return version === null ? null : succeed({ ...token, version })
    } catch (error) {
      if (attempt === storeAttempts || lease.lost.aborted) throw error
      await sleep(attempt * 200)
    }
  }
}
