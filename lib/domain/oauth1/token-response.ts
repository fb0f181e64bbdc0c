import { formOf, jsonOf, reasonOf } from '../responses/response'
import type { OutboundResponse } from '../http-messages'
import { statusInWords } from '../http-status-words'
import { refuse, succeed, type Refusal, type Result } from '../result'
import type { KnownSecrets } from '../secret-book'
import { quotation } from '../sentences'
import type { TemporaryCredentials } from './three-legged'

/** Reads the token responses of OAuth 1. @see RFC 5849 §2.1 and §2.3 */

/**
 * Reads the request token. A server that does not confirm the callback uses the insecure OAuth 1.0, before its revision.
 */
export function readTemporaryCredentials(
  response: OutboundResponse,
  secrets: KnownSecrets,
): Result<TemporaryCredentials> {
  const read = readCredentials(response, secrets, 'request token')
  if (!read.ok) return read
  if (pairsOf(response).oauth_callback_confirmed === 'true') return read
  return refuse(
    'invalid_answer',
    'The third party did not confirm the callback (oauth_callback_confirmed), as OAuth 1.0a requires. The authorisation was not started.',
  )
}

/** Reads the token and its secret, with which requests are signed from then on. @see RFC 5849 §2.3 */
export function readTokenCredentials(response: OutboundResponse, secrets: KnownSecrets): Result<TemporaryCredentials> {
  return readCredentials(response, secrets, 'access token')
}

function readCredentials(
  response: OutboundResponse,
  secrets: KnownSecrets,
  what: string,
): Result<TemporaryCredentials> {
  if (response.status < 200 || response.status > 299) return refusedBy(response, secrets, what)
  const { oauth_token: token = '', oauth_token_secret: tokenSecret } = pairsOf(response)
  if (token !== '' && tokenSecret !== undefined) return succeed({ token, tokenSecret })
  const missing = token === '' ? 'oauth_token' : 'oauth_token_secret'
  return refuse('no_token', `The response with the ${what} has no ${missing}.${said(response, secrets)}`)
}

/** 400, 401 and 403 mean rejected; anything else says nothing about the credentials (DATA §11). */
function refusedBy(response: OutboundResponse, secrets: KnownSecrets, what: string): { ok: false; error: Refusal } {
  const code = [400, 401, 403].includes(response.status) ? 'token_refused' : 'could_not_tell'
  const status = statusInWords(response.status)
  return refuse(code, `The third party refused the ${what} (${status}).${said(response, secrets)}`)
}

function said(response: OutboundResponse, secrets: KnownSecrets): string {
  const { oauth_problem: problem = '' } = pairsOf(response)
  const reason =
    problem === ''
      ? reasonOf(response, secrets)
      : reasonOf({ ...response, body: new TextEncoder().encode(problem) }, secrets)
  return reason === '' ? '' : ` It says: ${quotation(reason)}`
}

/** By the RFC the body is a form, whatever its content type says; some third parties send JSON. */
function pairsOf(response: OutboundResponse): Record<string, string> {
  const json = jsonOf(response)
  const pairs = typeof json === 'object' && json !== null ? json : (formOf(response) ?? {})
  return Object.fromEntries(
    Object.entries(pairs).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}
