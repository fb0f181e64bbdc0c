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
 * Giving up on a slow answer can lose a rotated refresh token for good, so what runs under the lease waits longer than
 * other requests.
 */
const shortestTimeoutMs = 60_000
/** A holder that died is found out, and replaced. */
const takeOverMs = 10_000
const timeoutMsOf = ({ method }: Credentials) => Math.max(shortestTimeoutMs, method.timeoutSeconds * 1000)

/**
 * The settings that a token obtained without a person belongs to; empty where a person authorised, or there is no
 * token.
 */
export function obtainedForOf(credentials: Pick<Credentials, 'method' | 'instance'>): string {
  const { method, instance } = credentials
  return instance !== null && tokenOriginOf(method) === 'requests' ? settingsOf(credentials) : ''
}

/** Where the tokens of these credentials come from; null for a method whose requests carry none. */
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

/** Whether a refresh is the way to a new token, rather than the token requests again. */
function refreshWith(mode: RefreshMode, hasRefreshToken: boolean): boolean {
  return mode === 'access_token' || (mode === 'refresh_token' && hasRefreshToken)
}

type Renewal = { credentials: Credentials; cause: Cause; origin: TokenOrigin; mode: RefreshMode }

/**
 * A refresh, where there is something to refresh with; without a person the token requests are another way, and the
 * last.
 */
async function renew(renewal: Renewal, input: ObtainInput): Promise<TokenAttempt> {
  const { origin, mode } = renewal
  const { accessToken, refreshToken } = input
  const refreshed =
    accessToken !== null && refreshWith(mode, refreshToken !== null) ? await refresh(renewal, input) : null
  if (refreshed !== null && (origin === 'person' || !isOver(refreshed))) return refreshed
  return obtainAnew(renewal, input)
}

function isOver({ kind }: TokenAttempt): boolean {
  return kind === 'grant_dead' || kind === 'rejected'
}

async function refresh(renewal: Renewal, input: ObtainInput): Promise<TokenAttempt> {
  const { accessToken, refreshToken } = input
  const redirectUri = renewal.origin === 'person' ? redirectUriOf(renewal.credentials) : undefined
  const obtained = await obtain(renewal, { kind: 'refresh', refreshToken, accessToken, redirectUri }, input)
  if (obtained.ok) return brought(obtained.value, false)
  const { ofRefresh, outcome, message, correction } = obtained.error
  if (ofRefresh === 'grant_dead') return { kind: 'grant_dead', message }
  if (ofRefresh === 'credentials_refused')
    return rejection({ ...obtained.error, message: sentences(message, correction) })
  return renewal.origin === 'requests' && outcome === 'rejected' ? rejection(obtained.error) : failed(obtained.error)
}

/** The one that a person authorised with, where the settings name it; else that of the main address. */
function redirectUriOf(credentials: Credentials): string | undefined {
  return oauthScope(credentials).get('dashboard_oauth_callback_url')?.value || redirectUris()[0]
}

async function obtainAnew(renewal: Renewal, input: ObtainInput): Promise<TokenAttempt> {
  const obtained = await obtain(renewal, { kind: 'exchange' }, input)
  if (obtained.ok) return brought(obtained.value, true)
  // Nothing is lost with an answer that did not come: the token requests can be made again.
  return obtained.error.outcome === 'rejected'
    ? rejection(obtained.error)
    : failed({ ...obtained.error, outcomeUnknown: false })
}

function obtain({ credentials, cause }: Renewal, grant: ObtainGrant, { now, lost }: ObtainInput) {
  return obtainTokens(credentials, grant, cause, { now, signal: lost, timeoutMs: timeoutMsOf(credentials) })
}

function brought({ tokens, missed }: ObtainedTokens, replacesEarlier: boolean): TokenAttempt {
  return { kind: 'obtained', tokens, replacesEarlier, missed }
}

function rejection({ code, message, status }: ObtainFailure): TokenAttempt {
  return { kind: 'rejected', status, error: { code, message } }
}

function failed({ code, message, outcomeUnknown }: ObtainFailure): TokenAttempt {
  return { kind: 'failed', error: { code, message }, outcomeUnknown }
}
