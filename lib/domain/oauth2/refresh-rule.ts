import { readMethodOptions } from '../authentication/method-options'
import type { MethodDefinition } from '../definitions'
import type { TokenFailure } from './token-response'

const longestMarginMs = 60_000

export type TokenTimes = { expiresAt: Date | null; obtainedAt: Date }

/** How long before its end a token is refreshed: a minute, or a tenth of a shorter life, so that short-lived tokens are still used. */
export function refreshMarginMs({ expiresAt, obtainedAt }: TokenTimes): number {
  if (expiresAt === null) return 0
  return Math.min(longestMarginMs, Math.max(0, (expiresAt.getTime() - obtainedAt.getTime()) / 10))
}

/** Tokens refresh ahead of expiry (PRODUCT: OAuth 2 journey, step 6). One whose end nobody knows is used until it is refused. */
export function needsRefresh(token: TokenTimes, now: Date): boolean {
  return token.expiresAt !== null && token.expiresAt.getTime() - now.getTime() <= refreshMarginMs(token)
}

/** Whether an answer means that the token has expired, as the method says (PRODUCT: OAuth 2 journey, step 6). */
export function isExpiredAnswer(method: Pick<MethodDefinition, 'type' | 'options'>, status: number): boolean {
  if (method.type !== 'oauth2_authorization_code') return false
  const options = readMethodOptions(method)
  return options.ok && options.value.expiredStatuses.includes(status)
}

/** Whether the refresh token will never work again. @see RFC 6749 §5.2, invalid_grant */
export function isDeadGrant({ oauthError }: Pick<TokenFailure, 'oauthError'>): boolean {
  return oauthError === 'invalid_grant' || oauthError === 'bad_refresh_token'
}
