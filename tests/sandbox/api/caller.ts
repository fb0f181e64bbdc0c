import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { SandboxState } from '../state'
import { known } from '../known'
import { ApiFaultError } from './fault'

/** How a caller has authenticated. */
export type CallerType =
  | 'basic'
  | 'token'
  | 'oauth2'
  | 'certificate'
  | 'api_key'
  | 'oauth1'
  | 'session'
  | 'signed_jwt'
  | 'aws_sigv4'
  | 'hmac'
  | 'wsse'
  | 'message_signature'
  | 'digest'
  | 'vendor'
export type Caller = { type: CallerType; name: string; scopes: string[] }

/** What the authorisation server knows about an access token; null if unknown or expired. */
export type FindAccessToken = (
  token: string,
) => Promise<{ account: string; scopes: string[]; certificateThumbprint: string | undefined } | null>

const realm = 'realm="Acme Commerce"'
const challenges = { 'www-authenticate': `Basic ${realm}, Bearer ${realm}` }

export function same(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

export function readBasic(state: SandboxState, encoded: string): Caller {
  const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  if (same(username, known.basic.username) && same(password, state.basicPassword))
    return { type: 'basic', name: username, scopes: [] }
  throw new ApiFaultError(401, 'invalid_credentials', 'The username or the password is wrong', {
    'www-authenticate': `Basic ${realm}`,
  })
}

export function readApiToken(state: SandboxState, token: string): Caller | null {
  return same(token, state.apiToken) ? { type: 'token', name: 'Acme API token', scopes: [] } : null
}

/** RFC 6750 §2.1 for access tokens; Acme accepts its static tokens in the same way. */
async function readBearer(
  state: SandboxState,
  findAccessToken: FindAccessToken,
  request: IncomingMessage,
  token: string,
): Promise<Caller> {
  const caller = readApiToken(state, token)
  if (caller) return caller
  const found = await findAccessToken(token)
  if (found?.certificateThumbprint && found.certificateThumbprint !== thumbprintOf(request)) {
    throw new ApiFaultError(401, 'invalid_token', 'The token is bound to another client certificate (RFC 8705)', {
      'www-authenticate': `Bearer ${realm}, error="invalid_token"`,
    })
  }
  if (found) return { type: 'oauth2', name: found.account, scopes: found.scopes }
  throw new ApiFaultError(401, 'invalid_token', 'The token is unknown or has expired', {
    'www-authenticate': `Bearer ${realm}, error="invalid_token", error_description="The token is unknown or has expired"`,
  })
}

/** `x5t#S256` of the caller's certificate (RFC 8705 §3.1). */
function thumbprintOf(request: IncomingMessage): string | undefined {
  const der = (request.socket as Partial<TLSSocket>).getPeerX509Certificate?.()?.raw
  return der && createHash('sha256').update(der).digest('base64url')
}

function clientCertificate(request: IncomingMessage): Caller | null {
  const socket = request.socket as Partial<TLSSocket>
  const name = socket.getPeerCertificate?.().subject?.CN
  return name === undefined ? null : { type: 'certificate', name: String(name), scopes: [] }
}

async function readAuthorization(
  state: SandboxState,
  findAccessToken: FindAccessToken,
  request: IncomingMessage,
  header: string,
): Promise<Caller> {
  const [, scheme = '', credentials = ''] = /^(\S+) +(.+)$/.exec(header) ?? []
  if (scheme.toLowerCase() === 'basic') return readBasic(state, credentials)
  if (scheme.toLowerCase() === 'bearer') return readBearer(state, findAccessToken, request, credentials)
  throw new ApiFaultError(401, 'unknown_scheme', 'Use Basic or Bearer authentication', challenges)
}

/** The caller of a request. Throws the vendor's 401 if there is none. */
export async function readCaller(
  state: SandboxState,
  findAccessToken: FindAccessToken,
  request: IncomingMessage,
  apiKey: string | undefined,
): Promise<Caller> {
  const authorization = request.headers.authorization
  if (authorization !== undefined) return readAuthorization(state, findAccessToken, request, authorization)
  if (apiKey !== undefined) {
    const caller = readApiToken(state, apiKey)
    if (caller) return caller
    throw new ApiFaultError(401, 'invalid_api_key', 'The API key is not valid', challenges)
  }
  const byCertificate = clientCertificate(request)
  if (byCertificate) return byCertificate
  throw new ApiFaultError(401, 'authentication_required', 'This API needs authentication', challenges)
}
