import { httpDate } from '../dates/http-date'
import { spanInWords } from '../dates/span-in-words'
import { statusInWords } from '../http-status-words'
import { errorNamesOf, headerOf, namesIn, reasonOf, structureOf } from '../responses/response'
import type { OutboundResponse } from '../http-messages'
import { createRedactor } from '../redaction'
import type { KnownSecrets } from '../secret-book'
import type { Refusal } from '../result'
import { quotation } from '../sentences'
import { judgeTokenError } from '../responses/verification'

/** Why a token request brought no token, for a person, and what that says about the credentials. Never has a secret. */

export type TokenFailure = Refusal & {
  status: number
  /** The `error` of the response. @see RFC 6749 §5.2 */
  oauthError: string | null
  /** All names of the error in the response: a number, a code inside `error`, OAuth's own. */
  errors: string[]
  /** The response has no body. */
  isEmpty: boolean
  outcome: 'rejected' | 'could_not_tell'
}

type Failed = { ok: false; error: TokenFailure }
type Failing = { connector: { name: string }; response: OutboundResponse; secrets: KnownSecrets }

const longestErrorCode = 100

/** The third party refused, or sent something that is neither a token nor a refusal. */
export function refusedBy({ connector, response, secrets }: Failing, byRule: boolean): Failed {
  const oauthError = oauthErrorOf(response)
  const error = oauthError === null ? '' : createRedactor({ secrets }).text(oauthError).slice(0, longestErrorCode)
  const reason = response.status >= 400 || byRule ? reasonOf(response, secrets) : safeReason(response, secrets)
  const said = [error, reason === error ? '' : reason].filter((part) => part !== '').join(': ')
  const outcome = byRule ? 'rejected' : judgeTokenError(response.status, oauthError)
  const status = statusInWords(response.status)
  const what =
    outcome === 'rejected' ? `refused the token request (${status})` : `returned ${status} to the token request`
  const message = `${connector.name} ${what}${said === '' ? '.' : `: ${quotation(said)}`}${waitOf(response)}`
  return {
    ok: false,
    error: {
      ...factsOf(response),
      code: outcome === 'rejected' ? 'token_refused' : 'could_not_tell',
      message,
      outcome,
    },
  }
}

/** How long the server asks to wait before the next attempt; empty if it does not. @see RFC 9110 §10.2.3 */
function waitOf(response: OutboundResponse): string {
  const after = headerOf(response, 'retry-after')?.trim() ?? ''
  if (/^\d{1,7}$/.test(after)) return ` It asks to wait ${spanInWords(Number(after) * 1_000)} (Retry-After).`
  return httpDate.test(after) ? ` It asks to wait until ${after} (Retry-After).` : ''
}

/**
 * The reason in a response that should have a token: text without a name, or a single word, may be the token itself, so
 * only a sentence under a name is quoted.
 */
function safeReason(response: OutboundResponse, secrets: KnownSecrets): string {
  const structure = structureOf(response)
  const isNamed = typeof structure === 'object' && structure !== null && !Array.isArray(structure)
  const reason = isNamed ? reasonOf(response, secrets) : ''
  return reason.includes(' ') ? reason : ''
}

/** The response cannot be used: something is wrong with the definition or with the response itself. */
export function unusable({ response }: Pick<Failing, 'response'>, code: Refusal['code'], message: string): Failed {
  const outcome = judgeTokenError(response.status, oauthErrorOf(response))
  return { ok: false, error: { ...factsOf(response), code, message, outcome } }
}

/** Helps a person to find the right name: the names in the response, and the error that it reports. */
export function hintsFrom({ response, secrets }: Failing): string {
  const names = createRedactor({ secrets }).text(namesIn(response).join(', '))
  const reason = errorNamesOf(response).length > 0 ? safeReason(response, secrets) : ''
  return `${names === '' ? '' : ` It has: ${names}.`}${reason === '' ? '' : ` It says: ${quotation(reason)}`}`
}

function factsOf(response: OutboundResponse): Pick<TokenFailure, 'status' | 'oauthError' | 'errors' | 'isEmpty'> {
  const { status, body } = response
  return { status, oauthError: oauthErrorOf(response), errors: errorNamesOf(response), isEmpty: body.byteLength === 0 }
}

/** @see RFC 6749 §5.2 */
export function oauthErrorOf(response: OutboundResponse): string | null {
  const json = structureOf(response)
  const error =
    typeof json === 'object' && json !== null && Object.hasOwn(json, 'error')
      ? (json as Record<string, unknown>).error
      : null
  return typeof error === 'string' && error !== '' ? error : null
}
