import { headerOf } from '@/lib/domain/responses/response'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { correctionOf, judgeRefusedRefresh, type RefusedRefresh } from '@/lib/domain/oauth2/refresh-rule'
import type { TokenFailure } from '@/lib/domain/oauth2/token-failure'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { refuse, type Refusal } from '@/lib/domain/result'
import type { SendOutcome } from '@/lib/platform/http/send'
import type { Credentials } from '@/lib/credentials/credentials'

/** Why no token was obtained, at which stage, and whether the request may have succeeded at the third party. */

export type ObtainFailure = Refusal & {
  stage: 'building' | 'reaching_host' | 'getting_token'
  status: number | null
  outcome: 'rejected' | 'could_not_tell'
  /** The request may have succeeded at the third party, but no usable response arrived. */
  outcomeUnknown: boolean
  /** What the failure means if the request was a refresh. */
  ofRefresh: RefusedRefresh
  /** What to correct; empty if the response does not say. */
  correction: string
}

const withoutResponse = { ofRefresh: 'nothing', correction: '' } as const

export function notBuilt({ code, message, field }: Refusal): { ok: false; error: ObtainFailure } {
  const doubt = {
    stage: 'building',
    status: null,
    outcome: 'could_not_tell',
    outcomeUnknown: false,
    ...withoutResponse,
  } as const
  return { ok: false, error: { code, message, ...(field !== undefined && { field }), ...doubt } }
}

const certainlyNotSent: readonly Refusal['code'][] = [
  'address_refused',
  'dns_failed',
  'tls_failed',
  'host_not_allowed',
  'origin_not_confirmed',
  'invalid_url',
  'invalid_header',
  'disabled',
]

export function notAnswered({ error, timing }: Extract<SendOutcome, { ok: false }>): {
  ok: false
  error: ObtainFailure
} {
  const outcomeUnknown = timing.connectMs !== null && !certainlyNotSent.includes(error.code)
  return {
    ok: false,
    error: {
      ...error,
      message: error.code === 'answer_too_large' ? `${error.message} Check the token URL.` : error.message,
      stage: 'reaching_host',
      status: null,
      outcome: 'could_not_tell',
      outcomeUnknown,
      ...withoutResponse,
    },
  }
}

export function refusedBy(
  method: Credentials['method'],
  built: BuiltRequest,
  response: OutboundResponse,
  failure: TokenFailure,
): { ok: false; error: ObtainFailure } {
  const { status } = response
  const { code, message } = redirectRefusal(built, response) ?? failure
  // A gateway sends 502 or 504 even though the server behind it may have processed the request.
  const outcomeUnknown = (status >= 200 && status < 300) || status === 502 || status === 504
  const { outcome, errors } = failure
  const judged = { ofRefresh: judgeRefusedRefresh(method, failure), correction: correctionOf(errors) }
  return { ok: false, error: { code, message, stage: 'getting_token', status, outcome, outcomeUnknown, ...judged } }
}

/**
 * A redirect is read like any other response but never followed: credentials for the token endpoint are not sent to
 * another address.
 */
function redirectRefusal({ request }: BuiltRequest, response: OutboundResponse): Refusal | null {
  const location = response.status >= 300 && response.status < 400 ? headerOf(response, 'location') : null
  if (location === null || !URL.canParse(location, request.url)) return null
  const { origin } = new URL(location, request.url)
  return refuse(
    'host_not_allowed',
    `The token endpoint redirects to ${origin}. Credentials are not sent there. Enter the new address in the method's URLs.`,
  ).error
}

/** Names the request if there are several. */
export function named(failure: ObtainFailure, index: number, count: number): ObtainFailure {
  return count === 1 ? failure : { ...failure, message: `Token request ${index + 1} of ${count}: ${failure.message}` }
}
