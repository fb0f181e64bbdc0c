import { headerOf, jsonOf, reasonOf } from './answers'
import type { OutboundAnswer, SuccessRule } from './definitions'
import { findByPath } from './json-path'
import type { Refusal } from './result'

/** What a verification says about credentials (rule R7, DATA §11). */

export type VerificationOutcome = 'accepted' | 'rejected' | 'could_not_tell' | 'nothing_to_verify'

/** The step that decided. */
export type VerificationStep = 'building' | 'reaching_host' | 'getting_token' | 'test_request'

export const verificationSteps: Record<VerificationStep, string> = {
  building: 'Building the request',
  reaching_host: 'Reaching the host',
  getting_token: 'Getting the token',
  test_request: 'Calling the test request',
}

export type Judgement = {
  outcome: VerificationOutcome
  step: VerificationStep
  status: number | null
  /** For a person, with the third party's own words, secrets removed. */
  message: string
}

/**
 * *Accepted*: an expected status (any 2xx unless the rule names some) and, where set, the JSON path exists. *Rejected*:
 * 401, 403 or a status of the method's own rule. *Could not tell*: everything else.
 */
export function judgeTestRequest(rule: SuccessRule | null, answer: OutboundAnswer, secrets: readonly string[]): Judgement {
  const expected =
    rule?.statuses && rule.statuses.length > 0 ? rule.statuses.includes(answer.status) : answer.status >= 200 && answer.status < 300
  const found = !rule?.jsonPath || findByPath(jsonOf(answer), rule.jsonPath).length > 0
  const decided = { step: 'test_request', status: answer.status } as const
  if (expected && found)
    return { ...decided, outcome: 'accepted', message: `The third party accepted the credentials (status ${answer.status}).` }
  const said = saying(answer, secrets)
  if ([401, 403, ...(rule?.rejectedStatuses ?? [])].includes(answer.status)) {
    return { ...decided, outcome: 'rejected', message: `The third party rejected the credentials with status ${answer.status}${said}` }
  }
  const why = expected ? `status ${answer.status}, but without ${rule?.jsonPath} in the answer` : `status ${answer.status}${redirecting(answer)}`
  return {
    ...decided,
    outcome: 'could_not_tell',
    message: `The test request was answered with ${why}, which tells nothing about the credentials${said}`,
  }
}

function redirecting(answer: OutboundAnswer): string {
  const isRedirect = answer.status >= 300 && answer.status < 400 && headerOf(answer, 'location') !== null
  return isRedirect ? ' and a redirect, which test requests do not follow' : ''
}

function saying(answer: OutboundAnswer, secrets: readonly string[]): string {
  const reason = reasonOf(answer, secrets)
  return reason === '' ? '.' : `: ${reason}`
}

/** Errors that say the server is in trouble, not the credentials. @see RFC 6749 §4.1.2.1 */
const passingErrors = ['temporarily_unavailable', 'server_error', 'slow_down']

/** A token endpoint's 400 or 401 with an OAuth `error` is a rejection. @see RFC 6749 §5.2 */
export function judgeTokenError(status: number, oauthError: string | null): 'rejected' | 'could_not_tell' {
  if (oauthError === null || passingErrors.includes(oauthError)) return 'could_not_tell'
  return status === 400 || status === 401 || (status >= 200 && status < 300) ? 'rejected' : 'could_not_tell'
}

/** A request that was never answered, or never made. */
export function judgeFailure(error: Refusal): Judgement {
  const notSent = [
    'missing_value',
    'unknown_variable',
    'invalid_template',
    'invalid_url',
    'invalid_header',
    'invalid_value',
    'invalid_input',
    'template_limit',
    'host_not_allowed',
    'origin_not_confirmed',
    'no_token',
  ]
  const step = notSent.includes(error.code) ? 'building' : 'reaching_host'
  return { outcome: 'could_not_tell', step, status: null, message: error.message }
}

/** No test request, and no other way to find out (rule R6). */
export function nothingToVerify(): Judgement {
  return {
    outcome: 'nothing_to_verify',
    step: 'test_request',
    status: null,
    message: 'This authentication method has no test request, so the credentials cannot be verified.',
  }
}
