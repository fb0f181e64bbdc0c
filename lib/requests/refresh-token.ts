import 'server-only'
import { signer } from '@/lib/crypto/signer'
import { isDeadGrant } from '@/lib/domain/oauth2/refresh-rule'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { readTokenAnswer } from '@/lib/domain/oauth2/token-response'
import type { Refusal } from '@/lib/domain/result'
import type { SendOutcome } from '@/lib/http/send'
import type { Credentials } from './credentials'
import { exchange } from './exchange'
import { maskTokenAnswer } from './mask-token-answer'
import { contextOf, type Cause } from './request-context'
import { reservedValues } from './reserved-values'
import type { RefreshAttempt, Refresher } from './tokens'

/** Giving up on a slow answer can lose a rotated refresh token for good, so a refresh waits longer than other requests. */
const shortestTimeoutMs = 60_000

/** The refresh call of an instance, for the lease to make at most once. */
export function refresherOf(credentials: Credentials, cause: Cause): Refresher {
  return async ({ refreshToken, now, lost }) => {
    const { connector, method, values, confirmedOrigins } = credentials
    const grant = { kind: 'refresh', refreshToken } as const
    const built = buildTokenRequest({ connector, method, values, grant, confirmedOrigins, context: { reserved: reservedValues({}), signer } })
    if (!built.ok) return { kind: 'failed', error: built.error, outcomeUnknown: false }
    const timeoutMs = Math.max(shortestTimeoutMs, method.timeoutSeconds * 1000)
    const { outcome, log } = await exchange(credentials, built.value, contextOf(credentials, 'refresh', cause), { timeoutMs, signal: lost, onlyThisUrl: true })
    const attempt = interpret(credentials, outcome, built.value.secrets, now())
    const secrets = attempt.kind === 'refreshed' ? tokensOf(attempt) : []
    await log({ secrets, ...(outcome.ok && isSuccess(outcome.answer.status) && { answer: maskTokenAnswer(outcome.answer) }) })
    return attempt
  }
}

function tokensOf({ tokens }: Extract<RefreshAttempt, { kind: 'refreshed' }>): string[] {
  return [tokens.accessToken, ...(tokens.refreshToken === null ? [] : [tokens.refreshToken])]
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function interpret(credentials: Credentials, outcome: SendOutcome, secrets: string[], now: Date): RefreshAttempt {
  if (!outcome.ok) return { kind: 'failed', error: outcome.error, outcomeUnknown: mayHaveArrived(outcome) }
  const { connector, method, values } = credentials
  const read = readTokenAnswer({ answer: outcome.answer, connector, method, values, secrets: [...credentials.secrets, ...secrets], now })
  if (read.ok) return { kind: 'refreshed', tokens: read.value }
  if (isDeadGrant(read.error)) return { kind: 'grant_dead', message: read.error.message }
  const { code, message } = read.error
  return { kind: 'failed', error: { code, message }, outcomeUnknown: isSuccess(outcome.answer.status) || isGatewayFailure(outcome.answer.status) }
}

/** A gateway answers these when the server behind it may have done the work. */
function isGatewayFailure(status: number): boolean {
  return status === 502 || status === 504
}

const certainlyNotSent: readonly Refusal['code'][] = ['address_refused', 'dns_failed', 'tls_failed', 'host_not_allowed', 'origin_not_confirmed', 'invalid_url', 'invalid_header']

function mayHaveArrived({ error, timing }: Extract<SendOutcome, { ok: false }>): boolean {
  return timing.connectMs !== null && !certainlyNotSent.includes(error.code)
}
