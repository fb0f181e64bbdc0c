import { formOf, jsonOf, reasonOf } from '../answers/answer'
import type { OutboundAnswer } from '../http-messages'
import { refuse, succeed, type Refusal, type Result } from '../result'
import type { KnownSecrets } from '../secret-book'
import type { TemporaryCredentials } from './three-legged'

/** Reads what the token endpoints of OAuth 1 answer. @see RFC 5849 §2.1 and §2.3 */

/**
 * The request token. A server that does not confirm the callback would send anybody's verifier anywhere (OAuth 1.0,
 * before the revision).
 */
export function readTemporaryCredentials(answer: OutboundAnswer, secrets: KnownSecrets): Result<TemporaryCredentials> {
  const read = readCredentials(answer, secrets, 'request token')
  if (!read.ok) return read
  if (pairsOf(answer).oauth_callback_confirmed === 'true') return read
  return refuse(
    'invalid_answer',
    'The third party did not confirm the callback (oauth_callback_confirmed), as OAuth 1.0a demands. Nobody was sent there.',
  )
}

/** The token and its secret, with which requests are signed from then on. @see RFC 5849 §2.3 */
export function readTokenCredentials(answer: OutboundAnswer, secrets: KnownSecrets): Result<TemporaryCredentials> {
  return readCredentials(answer, secrets, 'access token')
}

function readCredentials(answer: OutboundAnswer, secrets: KnownSecrets, what: string): Result<TemporaryCredentials> {
  if (answer.status < 200 || answer.status > 299) return refusedBy(answer, secrets, what)
  const { oauth_token: token = '', oauth_token_secret: tokenSecret } = pairsOf(answer)
  if (token !== '' && tokenSecret !== undefined) return succeed({ token, tokenSecret })
  const missing = token === '' ? 'oauth_token' : 'oauth_token_secret'
  return refuse('no_token', `The answer to the request for the ${what} has no ${missing}.${said(answer, secrets)}`)
}

/** 400 and 401 are the third party's no; all else says nothing about the credentials (DATA §11). */
function refusedBy(answer: OutboundAnswer, secrets: KnownSecrets, what: string): { ok: false; error: Refusal } {
  const code = [400, 401, 403].includes(answer.status) ? 'token_refused' : 'could_not_tell'
  return refuse(code, `The third party refused the ${what} with status ${answer.status}.${said(answer, secrets)}`)
}

function said(answer: OutboundAnswer, secrets: KnownSecrets): string {
  const { oauth_problem: problem = '' } = pairsOf(answer)
  const reason =
    problem === ''
      ? reasonOf(answer, secrets)
      : reasonOf({ ...answer, body: new TextEncoder().encode(problem) }, secrets)
  return reason === '' ? '' : ` It says: ${reason}`
}

/** A form by the RFC, whatever its content type says; some answer in JSON. */
function pairsOf(answer: OutboundAnswer): Record<string, string> {
  const json = jsonOf(answer)
  const pairs = typeof json === 'object' && json !== null ? json : (formOf(answer) ?? {})
  return Object.fromEntries(
    Object.entries(pairs).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}
