import type { Refusal } from '@/lib/domain/result'
import type { NewTokens } from './new-tokens'
import type { StoredToken } from './token-lease'

/** What a token is needed for, where it comes from, and the result of requesting one. */

export type AccessToken = {
  version: string
  accessToken: string
  tokenType: string
  /** The settings that it was obtained for; empty if a person authorised. */
  obtainedFor: string
  expiresAt: Date | null
  obtainedAt: Date
  /** By how much the database's clock, which counts lifetimes, is ahead of this process's. */
  clockAheadMs: number
  /** Obtained while this request waited, so the values stored from the response are new as well. */
  renewed: boolean
}

export type TokenAttempt =
  /** `replacesEarlier`: the values of earlier token responses are replaced too. */
  | { kind: 'obtained'; tokens: NewTokens; replacesEarlier: boolean; missed: string[] }
  /** Only a person can fix this. */
  | { kind: 'grant_dead'; message: string }
  /** The third party rejected the credentials that tokens are obtained with. */
  | { kind: 'rejected'; status: number | null; error: Refusal }
  /** `outcomeUnknown`: the request may have reached the third party, but no response arrived. */
  | { kind: 'failed'; error: Refusal; outcomeUnknown: boolean }

/**
 * The stored tokens that can be used to get a new one; null if they do not belong to these settings. `now` is the
 * database's clock, which lifetimes are counted by.
 */
export type ObtainInput = {
  accessToken: string | null
  refreshToken: string | null
  now: () => Date
  lost: AbortSignal
}

/** How to get tokens for an instance with its current method and settings. */
export type TokenSource = {
  /** The connector's name, for messages. */
  connector: string
  /** `<method revision>.<instance revision>`: a rejection says nothing about other settings. */
  settings: string
  /** `<method revision>.<instance revision>`: a token of other settings is not used. Empty if a person authorised. */
  obtainedFor: string
  isDue: (token: Pick<StoredToken, 'expiresAt' | 'obtainedAt'>, now: Date) => boolean
  /** How long a request waits for a token that another request is getting. */
  mostWaitMs: number
  /** Whether a new token can be obtained without a person. */
  canRenew: (stored: { hasRefreshToken: boolean }) => boolean
  obtain: (input: ObtainInput) => Promise<TokenAttempt>
}

export type TokenNeed = {
  /** The version that the third party has just refused as expired. */
  refused?: string
  /** Check now* tries even a grant that is marked as dead, so that a wrong verdict can be corrected. */
  evenIfDead?: boolean
  /** Check now* for a method where getting a token is the only possible verification. */
  evenIfGood?: boolean
}
