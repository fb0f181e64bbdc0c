import { errorNamesOf, namesIn, reasonOf, structureOf } from '../responses/response'
import type { OutboundResponse } from '../http-messages'
import { createRedactor } from '../redaction'
import type { KnownSecrets } from '../secret-book'
import type { Refusal } from '../result'
import { judgeTokenError } from '../responses/verification'

/** What a token request that brought no token says about the credentials, for a person. Never holds a secret. */

export type TokenFailure = Refusal & {
  status: number
  /** The `error` of the answer. @see RFC 6749 §5.2 */
  oauthError: string | null
  /** Every name by which the answer calls its error: a number, a code inside of `error`, OAuth's own. */
  errors: string[]
  /** The answer has no body. */
  isEmpty: boolean
  outcome: 'rejected' | 'could_not_tell'
}

type Failed = { ok: false; error: TokenFailure }
type Answered = { response: OutboundResponse; secrets: KnownSecrets }

const longestErrorCode = 100

/** The third party said no, or something that is neither yes nor no. */
export function refusedBy({ response, secrets }: Answered, byRule: boolean): Failed {
  const oauthError = oauthErrorOf(response)
  const error = oauthError === null ? '' : createRedactor({ secrets }).text(oauthError).slice(0, longestErrorCode)
  const reason = response.status >= 400 || byRule ? reasonOf(response, secrets) : safeReason({ response, secrets })
  const said = [error, reason === error ? '' : reason].filter((part) => part !== '').join(': ')
  const outcome = byRule ? 'rejected' : judgeTokenError(response.status, oauthError)
  const message = `The token endpoint refused with status ${response.status}${said === '' ? '.' : `: ${said}`}`
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

/**
 * Where a token was looked for, a text without a name and a single word may be the token: only a sentence is quoted.
 */
function safeReason({ response, secrets }: Answered): string {
  const structure = structureOf(response)
  const isNamed = typeof structure === 'object' && structure !== null && !Array.isArray(structure)
  const reason = isNamed ? reasonOf(response, secrets) : ''
  return reason.includes(' ') ? reason : ''
}

/** The answer cannot be used: something is wrong with the definition, or with the answer itself. */
export function unusable({ response, secrets }: Answered, code: Refusal['code'], message: string): Failed {
  const outcome = judgeTokenError(response.status, oauthErrorOf(response))
  return {
    ok: false,
    error: { ...factsOf(response), code, message: createRedactor({ secrets }).text(message), outcome },
  }
}

/** What a person needs who looks for the right place: the names that are there, and what the answer calls its error. */
export function hintsFrom({ response, secrets }: Answered): string {
  const names = namesIn(response)
  const reason = errorNamesOf(response).length > 0 ? safeReason({ response, secrets }) : ''
  return `${names.length === 0 ? '' : ` It has: ${names.join(', ')}.`}${reason === '' ? '' : ` It says: ${reason}`}`
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
