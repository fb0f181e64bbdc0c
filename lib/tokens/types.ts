import type { Refusal } from '@/lib/domain/result'
import type { NewTokens } from './new-tokens'
import type { StoredToken } from './token-lease'

/** What a token is needed for, where it comes from, and what came of asking for one. */

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
  /** `replacesEarlier`: they take the place of all that came with the earlier ones. */
  | { kind: 'obtained'; tokens: NewTokens; replacesEarlier: boolean; missed: string[] }
  /** Only a person can repair it. */
  | { kind: 'grant_dead'; message: string }
  /** The third party refuses the credentials from which a token is obtained without a person. */
  | { kind: 'rejected'; status: number | null; error: Refusal }
  /** `outcomeUnknown`: the request may have reached the third party, but no answer came back. */
  | { kind: 'failed'; error: Refusal; outcomeUnknown: boolean }

/**
 * What there is to get a new token with; null: nothing that belongs to these settings. `now` is the database's clock,
 * by which lifetimes are counted.
 */
export type ObtainInput = {
  accessToken: string | null
  refreshToken: string | null
  now: () => Date
  lost: AbortSignal
}

/** Where the tokens of an instance come from: its method and settings as they are now. */
export type TokenSource = {
  /** Its name, for people. */
  connector: string
  /** `<method revision>.<instance revision>`: a refusal says nothing about other settings. */
  settings: string
  /**
   * `<method revision>.<instance revision>`: a token of other settings is not used. Empty where a person authorised.
   */
  obtainedFor: string
  isDue: (token: Pick<StoredToken, 'expiresAt' | 'obtainedAt'>, now: Date) => boolean
  /** How long a request waits for a token that another is getting. */
  mostWaitMs: number
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
  evenIfGood?: boolean
}
