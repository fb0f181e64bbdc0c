import { headerOf } from '@/lib/domain/responses/response'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { correctionOf, judgeRefusedRefresh, type RefusedRefresh } from '@/lib/domain/oauth2/refresh-rule'
import type { TokenFailure } from '@/lib/domain/oauth2/token-failure'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { refuse, type Refusal } from '@/lib/domain/result'
import type { SendOutcome } from '@/lib/platform/http/send'
import type { Credentials } from '@/lib/credentials/credentials'

/** Why no token was obtained, at which stage, and whether the request may have done its work all the same. */

export type ObtainFailure = Refusal & {
  stage: 'building' | 'reaching_host' | 'getting_token'
  status: number | null
  outcome: 'rejected' | 'could_not_tell'
  /** The request may have done its work at the third party, but nobody knows. */
  outcomeUnknown: boolean
  /** What it would mean of a refresh. */
  ofRefresh: RefusedRefresh
  /** What to correct; empty where there is no answer that says so. */
  correction: string
}

const unanswered = { ofRefresh: 'nothing', correction: '' } as const

export function notBuilt({ code, message, field }: Refusal): { ok: false; error: ObtainFailure } {
  const doubt = {
    stage: 'building',
    status: null,
    outcome: 'could_not_tell',
    outcomeUnknown: false,
    ...unanswered,
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
      stage: 'reaching_host',
      status: null,
      outcome: 'could_not_tell',
      outcomeUnknown,
      ...unanswered,
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
  // A gateway answers 502 and 504 when the server behind it may have done the work.
  const outcomeUnknown = (status >= 200 && status < 300) || status === 502 || status === 504
  const { outcome, errors } = failure
  const judged = { ofRefresh: judgeRefusedRefresh(method, failure), correction: correctionOf(errors) }
  return { ok: false, error: { code, message, stage: 'getting_token', status, outcome, outcomeUnknown, ...judged } }
}

/**
 * An answer that redirects is read like any other, and never followed: a token endpoint sends no credentials on,
 * wherever to.
 */
function redirectRefusal({ request }: BuiltRequest, response: OutboundResponse): Refusal | null {
  const location = response.status >= 300 && response.status < 400 ? headerOf(response, 'location') : null
  if (location === null || !URL.canParse(location, request.url)) return null
  const { origin } = new URL(location, request.url)
  return refuse(
    'host_not_allowed',
    `The token endpoint redirects to ${origin}. Credentials are not sent on; use the new address in the method's URLs.`,
  ).error
}

/** Which of several requests it was. */
export function named(failure: ObtainFailure, index: number, count: number): ObtainFailure {
  return count === 1 ? failure : { ...failure, message: `Token request ${index + 1} of ${count}: ${failure.message}` }
}
