import 'server-only'
import { tokenOriginOf, type TokenOrigin } from '@/lib/domain/authentication/token-origin'
import type { RefreshMode } from '@/lib/domain/method-options/option-choices'
import { needsRefresh } from '@/lib/domain/oauth2/refresh-rule'
import { oauthScope } from '@/lib/domain/oauth2/authorize-url'
import { redirectUris } from '@/lib/platform/redirect-uris'
import { sentences } from '@/lib/domain/sentences'
import { settingsOf, type Credentials } from '@/lib/credentials/credentials'
import type { ObtainFailure } from './obtain-failure'
import { obtainTokens, type ObtainedTokens, type ObtainGrant } from './obtain-tokens'
import type { Cause } from '@/lib/exchange/request-context'
import type { ObtainInput, TokenAttempt, TokenSource } from './types'

/**
 * Giving up on a slow response can lose a rotated refresh token, so requests under the lease wait longer than others.
 */
const shortestTimeoutMs = 60_000
/** Time to notice and replace a lease owner that died. */
const takeOverMs = 10_000
const timeoutMsOf = ({ method }: Credentials) => Math.max(shortestTimeoutMs, method.timeoutSeconds * 1000)

/** The settings that a token was obtained for without a person; empty if a person authorised, or there is no token. */
export function obtainedForOf(credentials: Pick<Credentials, 'method' | 'instance'>): string {
  const { method, instance } = credentials
  return instance !== null && tokenOriginOf(method) === 'requests' ? settingsOf(credentials) : ''
}

/** How to get tokens for these credentials; null for a method whose requests carry none. */
export function tokenSourceOf(credentials: Credentials, cause: Cause): TokenSource | null {
  const { method } = credentials
  const origin = tokenOriginOf(method)
  if (origin === null) return null
  const { options } = method
  const mode = options.refreshBy
  return {
    connector: credentials.connector.name,
    settings: settingsOf(credentials),
    obtainedFor: obtainedForOf(credentials),
    isDue: (token, now) => needsRefresh(token, now, options.refreshMarginSeconds),
    canRenew: ({ hasRefreshToken }) => origin === 'requests' || refreshWith(mode, hasRefreshToken),
    mostWaitMs: timeoutMsOf(credentials) + takeOverMs,
    obtain: (input) => renew({ credentials, cause, origin, mode }, input),
  }
}

/** Whether a new token is obtained by a refresh rather than by repeating the token requests. */
function refreshWith(mode: RefreshMode, hasRefreshToken: boolean): boolean {
  return mode === 'access_token' || (mode === 'refresh_token' && hasRefreshToken)
}

type Renewal = { credentials: Credentials; cause: Cause; origin: TokenOrigin; mode: RefreshMode }

/** Refreshes if that is possible. If no person is needed, the token requests are repeated as a last resort. */
async function renew(renewal: Renewal, input: ObtainInput): Promise<TokenAttempt> {
  const { origin, mode } = renewal
  const { accessToken, refreshToken } = input
  const refreshed =
    accessToken !== null && refreshWith(mode, refreshToken !== null) ? await refresh(renewal, input) : null
  if (refreshed !== null && (origin === 'person' || !isOver(refreshed))) return refreshed
  return obtainAgain(renewal, input)
}

function isOver({ kind }: TokenAttempt): boolean {
  return kind === 'grant_dead' || kind === 'rejected'
}

async function refresh(renewal: Renewal, input: ObtainInput): Promise<TokenAttempt> {
  const { accessToken, refreshToken } = input
  const redirectUri = renewal.origin === 'person' ? redirectUriOf(renewal.credentials) : undefined
  const obtained = await obtain(renewal, { kind: 'refresh', refreshToken, accessToken, redirectUri }, input)
  if (obtained.ok) return obtainedAttempt(obtained.value, false)
  const { ofRefresh, outcome, message, correction } = obtained.error
  if (ofRefresh === 'grant_dead') return { kind: 'grant_dead', message }
  if (ofRefresh === 'credentials_refused')
    return rejection({ ...obtained.error, message: sentences(message, correction) })
  return renewal.origin === 'requests' && outcome === 'rejected' ? rejection(obtained.error) : failed(obtained.error)
}

/** The redirect URI of the authorisation, if the settings name it; otherwise that of the main address. */
function redirectUriOf(credentials: Credentials): string | undefined {
  return oauthScope(credentials).get('dashboard_oauth_callback_url')?.value || redirectUris()[0]
}

async function obtainAgain(renewal: Renewal, input: ObtainInput): Promise<TokenAttempt> {
  const obtained = await obtain(renewal, { kind: 'exchange' }, input)
  if (obtained.ok) return obtainedAttempt(obtained.value, true)
  // A missing response loses nothing here: the token requests can be repeated.
  return obtained.error.outcome === 'rejected'
    ? rejection(obtained.error)
    : failed({ ...obtained.error, outcomeUnknown: false })
}

function obtain({ credentials, cause }: Renewal, grant: ObtainGrant, { now, lost }: ObtainInput) {
  return obtainTokens(credentials, grant, cause, { now, signal: lost, timeoutMs: timeoutMsOf(credentials) })
}

function obtainedAttempt({ tokens, missed }: ObtainedTokens, replacesEarlier: boolean): TokenAttempt {
  return { kind: 'obtained', tokens, replacesEarlier, missed }
}

function rejection({ code, message, status }: ObtainFailure): TokenAttempt {
  return { kind: 'rejected', status, error: { code, message } }
}

function failed({ code, message, outcomeUnknown }: ObtainFailure): TokenAttempt {
  return { kind: 'failed', error: { code, message }, outcomeUnknown }
}
