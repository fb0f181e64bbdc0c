import { errorNamesOf, namesIn, reasonOf, structureOf } from '../answers/answer'
import type { OutboundAnswer } from '../http-messages'
import { createRedactor } from '../redaction'
import type { KnownSecrets } from '../secret-book'
import type { Refusal } from '../result'
import { judgeTokenError } from '../answers/verification'

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
type Answered = { answer: OutboundAnswer; secrets: KnownSecrets }

const longestErrorCode = 100

/** The third party said no, or something that is neither yes nor no. */
export function refusedBy({ answer, secrets }: Answered, byRule: boolean): Failed {
  const oauthError = oauthErrorOf(answer)
  const error = oauthError === null ? '' : createRedactor({ secrets }).text(oauthError).slice(0, longestErrorCode)
  const reason = answer.status >= 400 || byRule ? reasonOf(answer, secrets) : safeReason({ answer, secrets })
  const said = [error, reason === error ? '' : reason].filter((part) => part !== '').join(': ')
  const outcome = byRule ? 'rejected' : judgeTokenError(answer.status, oauthError)
  const message = `The token endpoint refused with status ${answer.status}${said === '' ? '.' : `: ${said}`}`
  return {
    ok: false,
    error: { ...factsOf(answer), code: outcome === 'rejected' ? 'token_refused' : 'could_not_tell', message, outcome },
  }
}

/**
 * Where a token was looked for, a text without a name and a single word may be the token: only a sentence is quoted.
 */
function safeReason({ answer, secrets }: Answered): string {
  const structure = structureOf(answer)
  const isNamed = typeof structure === 'object' && structure !== null && !Array.isArray(structure)
  const reason = isNamed ? reasonOf(answer, secrets) : ''
  return reason.includes(' ') ? reason : ''
}

/** The answer cannot be used: something is wrong with the definition, or with the answer itself. */
export function unusable({ answer, secrets }: Answered, code: Refusal['code'], message: string): Failed {
  const outcome = judgeTokenError(answer.status, oauthErrorOf(answer))
  return { ok: false, error: { ...factsOf(answer), code, message: createRedactor({ secrets }).text(message), outcome } }
}

/** What a person needs who looks for the right place: the names that are there, and what the answer calls its error. */
export function hintsFrom({ answer, secrets }: Answered): string {
  const names = namesIn(answer)
  const reason = errorNamesOf(answer).length > 0 ? safeReason({ answer, secrets }) : ''
  return `${names.length === 0 ? '' : ` It has: ${names.join(', ')}.`}${reason === '' ? '' : ` It says: ${reason}`}`
}

function factsOf(answer: OutboundAnswer): Pick<TokenFailure, 'status' | 'oauthError' | 'errors' | 'isEmpty'> {
  const { status, body } = answer
  return { status, oauthError: oauthErrorOf(answer), errors: errorNamesOf(answer), isEmpty: body.byteLength === 0 }
}

/** @see RFC 6749 §5.2 */
export function oauthErrorOf(answer: OutboundAnswer): string | null {
  const json = structureOf(answer)
  const error =
    typeof json === 'object' && json !== null && Object.hasOwn(json, 'error')
      ? (json as Record<string, unknown>).error
      : null
  return typeof error === 'string' && error !== '' ? error : null
}
