import { headerOf } from '../responses/response'
import { fitsBodyRule } from '../responses/body-rule'
import type { MethodOptions } from '../method-options/options-schema'
import { authenticationTypeDefinitions } from '../authentication/registry'
import type { MethodDefinition } from '../method-options/method-definition'
import type { OutboundResponse } from '../http-messages'
import type { TokenFailure } from './token-failure'

const longestMarginMs = 60_000

export type TokenTimes = { expiresAt: Date | null; obtainedAt: Date }

/**
 * How long before its expiry a token is refreshed: a minute, or a tenth of a shorter lifetime, so that short-lived
 * tokens are still used. A method may set another margin, of at most half the lifetime.
 */
export function refreshMarginMs({ expiresAt, obtainedAt }: TokenTimes, marginSeconds: number | null = null): number {
  if (expiresAt === null) return 0
  const life = Math.max(0, expiresAt.getTime() - obtainedAt.getTime())
  return marginSeconds === null ? Math.min(longestMarginMs, life / 10) : Math.min(marginSeconds * 1000, life / 2)
}

/**
 * Tokens are refreshed ahead of expiry (PRODUCT: OAuth 2 journey, step 6). A token with unknown expiry is used until it
 * is rejected.
 */
export function needsRefresh(token: TokenTimes, now: Date, marginSeconds: number | null = null): boolean {
  return token.expiresAt !== null && token.expiresAt.getTime() - now.getTime() <= refreshMarginMs(token, marginSeconds)
}

/**
 * Whether a response means that the token has expired, as the method defines it: by status, a header or the body
 * (PRODUCT: OAuth 2 journey, step 6).
 */
export function signalsExpiredToken(
  method: Pick<MethodDefinition, 'type' | 'options'>,
  response: OutboundResponse,
): boolean {
  if (!authenticationTypeDefinitions[method.type].optionGroups.includes('expired')) return false
  const { options } = method
  const { expiredStatuses, expiredHeader, expiredBody } = options
  return (
    expiredStatuses.includes(response.status) ||
    fitsHeaderRule(response, expiredHeader) ||
    fitsBodyRule(expiredBody, response)
  )
}

/** Whether the body must be read to find out, because the method has a rule about it. */
export function asksBodyWhetherExpired(method: Pick<MethodDefinition, 'type' | 'options'>): boolean {
  if (!authenticationTypeDefinitions[method.type].optionGroups.includes('expired')) return false
  return (method.options.expiredBody?.path.trim() ?? '') !== ''
}

function fitsHeaderRule(response: OutboundResponse, rule: MethodOptions['expiredHeader']): boolean {
  const value = rule === null ? null : headerOf(response, rule.name)
  return value !== null && value.toLowerCase().includes(rule?.contains.trim().toLowerCase() ?? '')
}

/**
 * `grant_dead`: the grant will never work again. `credentials_refused`: authorising again would not help. `nothing`: the
 * third party has a temporary problem, or the error is unknown.
 */
export type RefusedRefresh = 'grant_dead' | 'credentials_refused' | 'nothing'

/**
 * What a refused refresh means (DATA §7): decided by the status if the method lists it, otherwise by the error. A
 * refusal with an empty body concerns the grant. @see RFC 6749 §5.2
 */
export function judgeRefusedRefresh(
  { options }: Pick<MethodDefinition, 'options'>,
  { status, errors, isEmpty }: Pick<TokenFailure, 'status' | 'errors' | 'isEmpty'>,
): RefusedRefresh {
  if (options.deadGrantStatuses.includes(status)) return 'grant_dead'
  if (options.failingStatuses.includes(status)) return 'credentials_refused'
  if (status === 429 || status >= 500) return 'nothing'
  const isNamed = (names: readonly string[]) => names.some((name) => errors.includes(name.trim()))
  if (isNamed(options.deadGrantErrors)) return 'grant_dead'
  if (isNamed(options.failingErrors)) return 'credentials_refused'
  return isEmpty && (status === 400 || status === 401) ? 'grant_dead' : 'nothing'
}

const corrections: Record<string, string> = {
  invalid_client: 'Correct the client ID and the client secret in the instance settings.',
  unauthorized_client: 'This client may not refresh tokens. Allow it in the client’s settings at the third party.',
  invalid_scope: 'Correct the scope in the instance settings.',
  unsupported_grant_type: 'Correct the variable “Refresh Grant type” of the authentication method.',
}

/** What to correct after `credentials_refused`, for a person. */
export function correctionOf(errors: readonly string[]): string {
  const known = errors.map((name) => corrections[name]).find((correction) => correction !== undefined)
  return known ?? 'Correct the credentials in the instance settings, or the authentication method.'
}
