import { findAllInResponse, textOfValue } from './response-source'
import { headerOf, quotedReason, unreadableJson } from './response'
import type { SuccessRule } from '../definitions'
import type { OutboundResponse } from '../http-messages'
import { statusInWords } from '../http-status-words'
import type { Refusal } from '../result'
import type { KnownSecrets } from '../secret-book'
import type { VerificationOutcome, VerificationStep } from './verification-steps'

/** Judges credentials by the responses to a verification (rule R7, DATA §11). */

export type Judgement = {
  outcome: VerificationOutcome
  step: VerificationStep
  status: number | null
  /** For a person, with a quotation of the third party's text; secrets are redacted. */
  message: string
}

/**
 * Whether the response matches the method's rule: an expected status (any 2xx unless the rule lists statuses), and the
 * rule's path, if it has one, exists.
 */
export function fitsRule(rule: SuccessRule | null, response: OutboundResponse): boolean {
  return hasExpectedStatus(rule, response) && hasExpectedPath(rule, response)
}

function hasExpectedStatus(rule: SuccessRule | null, { status }: OutboundResponse): boolean {
  return rule?.statuses && rule.statuses.length > 0 ? rule.statuses.includes(status) : status >= 200 && status < 300
}

function hasExpectedPath(rule: SuccessRule | null, response: OutboundResponse): boolean {
  return !rule?.jsonPath || findAllInResponse(response, rule.jsonPath).length > 0
}

/** An error that is null, false, 0 or empty means no error, unless the rule asks for exactly that value. */
const noError = ['', 'false', '0']

/**
 * Whether the method's rule counts the response as a rejection: its path exists with the given value, whatever the
 * status, or the status is one of those listed.
 */
export function isRejectedByRule(rule: SuccessRule | null, response: OutboundResponse): boolean {
  if (rule?.rejectedPath) {
    const found = findAllInResponse(response, rule.rejectedPath)
    const wanted = rule.rejectedValue?.trim() ?? ''
    if (wanted === '' ? found.some(isError) : found.some((value) => textOfValue(value).trim() === wanted)) return true
  }
  return !fitsRule(rule, response) && (rule?.rejectedStatuses ?? []).includes(response.status)
}

function isError(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return value !== null && !noError.includes(textOfValue(value).trim())
}

/** The connector whose test request it is, and which one of several. */
export type Turn = { connector: string; number: number; of: number }

const onlyOne: Turn = { connector: 'The third party', number: 1, of: 1 }

/**
 * *Accepted*: an expected status (any 2xx unless the rule names some) and, where set, the path exists. *Rejected*: 401,
 * 403 or the method's own rule. *Could not tell*: everything else.
 */
export function judgeTestRequest(
  rule: SuccessRule | null,
  response: OutboundResponse,
  secrets: KnownSecrets,
  turn: Turn = onlyOne,
): Judgement {
  const decided = { step: 'test_request', status: response.status } as const
  const rejected = isRejectedByRule(rule, response)
  if (!rejected && fitsRule(rule, response))
    return {
      ...decided,
      outcome: 'accepted',
      message: `${turn.connector} accepted the credentials (${statusInWords(response.status)}).`,
    }
  const said = quotedReason(response, secrets)
  const which = turn.of === 1 ? '' : `Test request ${turn.number} of ${turn.of}: `
  const returned = statusInWords(response.status)
  if (rejected || [401, 403].includes(response.status)) {
    const quoted = said === '' ? '.' : `: ${said}`
    const message = `${which}${turn.connector} rejected the credentials (${returned})${quoted}`
    return { ...decided, outcome: 'rejected', message }
  }
  const problem = hasExpectedStatus(rule, response) ? missingPath(rule, response) : redirecting(response)
  const message = `${which}${turn.connector} returned ${returned}${problem}, so the credentials could not be checked.`
  const isQuotable = said !== '' && unreadableJson(response) === null
  return { ...decided, outcome: 'could_not_tell', message: isQuotable ? `${message} It says: ${said}` : message }
}

function missingPath(rule: SuccessRule | null, response: OutboundResponse): string {
  const problem = unreadableJson(response)
  return problem === null ? `, but ${rule?.jsonPath} is missing in the response` : `, but the response ${problem}`
}

function redirecting(response: OutboundResponse): string {
  const isRedirect = response.status >= 300 && response.status < 400 && headerOf(response, 'location') !== null
  return isRedirect ? ', a redirect, which test requests do not follow' : ''
}

/** Errors that say the server is in trouble, not the credentials. @see RFC 6749 §4.1.2.1 */
const passingErrors = ['temporarily_unavailable', 'server_error', 'slow_down']

/** 401 and 403 are a rejection, and so is a token endpoint's 400 with an OAuth `error`. @see RFC 6749 §5.2 */
export function judgeTokenError(status: number, oauthError: string | null): 'rejected' | 'could_not_tell' {
  if (oauthError !== null && passingErrors.includes(oauthError)) return 'could_not_tell'
  if (status === 401 || status === 403) return 'rejected'
  if (oauthError === null) return 'could_not_tell'
  return status === 400 || (status >= 200 && status < 300) ? 'rejected' : 'could_not_tell'
}

/** Judges a request that got no response or was never sent. */
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
  const advice = error.code === 'answer_too_large' ? ' Choose a test request with a smaller response.' : ''
  return { outcome: 'could_not_tell', step, status: null, message: error.message + advice }
}

/** There is no test request and no other way to verify the credentials (rule R6). */
export function nothingToVerify(): Judgement {
  return {
    outcome: 'nothing_to_verify',
    step: 'test_request',
    status: null,
    message: 'This authentication method has no test request, so the credentials cannot be verified.',
  }
}
