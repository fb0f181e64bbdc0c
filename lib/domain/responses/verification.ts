import { findAllInResponse, textOfValue } from './response-source'
import { headerOf, reasonOf, unreadableJson } from './response'
import type { SuccessRule } from '../definitions'
import type { OutboundResponse } from '../http-messages'
import { statusInWords } from '../http-status-words'
import type { Refusal } from '../result'
import type { KnownSecrets } from '../secret-book'
import { sentences } from '../sentences'

/** What a verification says about credentials (rule R7, DATA §11). */

export const verificationOutcomes = ['accepted', 'rejected', 'could_not_tell', 'nothing_to_verify'] as const
export type VerificationOutcome = (typeof verificationOutcomes)[number]

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
 * Whether the method's rule, where it has one, is fulfilled: an expected status (any 2xx unless it names some), and its
 * path exists.
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

/** An error of null, false, 0 or nothing at all is none, unless the rule asks for that very value. */
const saysNothing = ['', 'false', '0']

/**
 * Whether the method says that such an answer is the third party's no, whatever its status: its path is there, with its
 * value.
 */
export function isRejectedByRule(rule: SuccessRule | null, response: OutboundResponse): boolean {
  if (rule?.rejectedPath) {
    const found = findAllInResponse(response, rule.rejectedPath)
    const wanted = rule.rejectedValue?.trim() ?? ''
    if (wanted === '' ? found.some(saysSomething) : found.some((value) => textOfValue(value).trim() === wanted))
      return true
  }
  return !fitsRule(rule, response) && (rule?.rejectedStatuses ?? []).includes(response.status)
}

function saysSomething(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return value !== null && !saysNothing.includes(textOfValue(value).trim())
}

/** Whose test request it is, and which of several. */
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
      message: `The third party accepted the credentials (status ${response.status}).`,
    }
  const said = saying(response, secrets)
  if (rejected || [401, 403].includes(response.status)) {
    const message = sentences(`${turn.connector} rejected the credentials (${statusInWords(response.status)})${said}`)
    return { ...decided, outcome: 'rejected', message: turn.of === 1 ? message : `${nameTurn(turn)}: ${message}` }
  }
  const missing = hasExpectedStatus(rule, response) ? missingPath(rule, response) : redirecting(response)
  const which = turn.of === 1 ? 'The test request' : nameTurn(turn)
  return {
    ...decided,
    outcome: 'could_not_tell',
    message: `${which} was answered with status ${response.status}${missing}, which tells nothing about the credentials${said}`,
  }
}

function nameTurn({ number, of }: Pick<Turn, 'number' | 'of'>): string {
  return `Test request ${number} of ${of}`
}

function missingPath(rule: SuccessRule | null, response: OutboundResponse): string {
  const problem = unreadableJson(response)
  return problem === null ? `, but without ${rule?.jsonPath} in the answer` : `, but its response ${problem}`
}

function redirecting(response: OutboundResponse): string {
  const isRedirect = response.status >= 300 && response.status < 400 && headerOf(response, 'location') !== null
  return isRedirect ? ' and a redirect, which test requests do not follow' : ''
}

function saying(response: OutboundResponse, secrets: KnownSecrets): string {
  const reason = reasonOf(response, secrets)
  return reason === '' ? '.' : `: ${reason}`
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
