import { md5 } from '@noble/hashes/legacy.js'
import { sha256, sha512_256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { byteText, bytesOfByteText, hasControlCharacter, percentEncode, utf8 } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { refuse, succeed, type Result } from '../result'
import type { Challenge } from './challenges'
import { bodyBytes } from './request-parts'

/**
 * HTTP Digest (RFC 7616), compatible with RFC 2069. Hashed texts have one character for each byte, like headers, so that
 * values of the server are hashed and returned byte by byte in any charset. User name and password are UTF-8.
 */

/** Strongest first. */
const algorithms = {
  'SHA-512-256': sha512_256,
  'SHA-256': sha256,
  MD5: md5,
} as const
type Algorithm = keyof typeof algorithms

type SupportedChallenge = {
  algorithm: Algorithm
  session: boolean
  written: string | null
  parameters: Challenge['parameters']
}

export type DigestCredentials = { username: string; password: string; cnonce: string }

/** The value of Authorization; null if there is no Digest challenge. */
export function answerDigest(
  request: OutboundRequest,
  challenges: readonly Challenge[],
  credentials: DigestCredentials,
): Result<string | null> {
  const digests = challenges.filter(({ scheme }) => scheme === 'digest')
  if (digests.length === 0) return succeed(null)
  const best = strongest(digests.flatMap(readDigest))
  if (best) return authorization(request, best, credentials)
  return refuse(
    'could_not_tell',
    'The server uses a variant of Digest that is not supported. Supported are MD5, SHA-256 and SHA-512-256 with qop auth or auth-int.',
  )
}

function readDigest({ parameters }: Challenge): SupportedChallenge[] {
  const written = parameters.get('algorithm') ?? null
  const [name = ''] = (written ?? 'MD5').toUpperCase().split(/-SESS$/)
  const algorithm = (Object.keys(algorithms) as Algorithm[]).find((candidate) => candidate === name)
  if (!algorithm || !parameters.has('realm') || !parameters.get('nonce') || qopOf(parameters) === undefined) return []
  return [{ algorithm, written, session: /-sess$/i.test(written ?? ''), parameters }]
}

function strongest(challenges: readonly SupportedChallenge[]): SupportedChallenge | undefined {
  return (Object.keys(algorithms) as Algorithm[]).flatMap((name) =>
    challenges.filter(({ algorithm }) => algorithm === name),
  )[0]
}

/** The weaker one if a server offers both; null before RFC 2617; undefined if none is supported. */
function qopOf(parameters: Challenge['parameters']): 'auth' | 'auth-int' | null | undefined {
  const offered = parameters.get('qop')
  if (offered === undefined) return null
  const names = offered
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  return (['auth', 'auth-int'] as const).find((name) => names.includes(name))
}

/** RFC 7616 §3.4. */
function authorization(
  request: OutboundRequest,
  challenge: SupportedChallenge,
  credentials: DigestCredentials,
): Result<string> {
  const { parameters, written, session } = challenge
  const { pathname, search } = new URL(request.url)
  const uri = pathname + search
  const qop = qopOf(parameters) ?? null
  const named = userFields(challenge, credentials.username)
  if (!named.ok) return named
  const [realm = '', nonce = ''] = [parameters.get('realm'), parameters.get('nonce')]
  const opaque = parameters.get('opaque')
  const fields = [
    ...named.value,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(uri)}`,
    ...(written === null ? [] : [`algorithm=${written}`]),
    `response="${responseTo(request, challenge, { ...credentials, qop, uri, realm, nonce })}"`,
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${firstUse}`]),
    ...(qop === null && !session ? [] : [`cnonce=${quote(credentials.cnonce)}`]),
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ]
  return succeed(`Digest ${fields.join(', ')}`)
}

/** Every request is challenged, so each nonce is used only once. */
const firstUse = '00000001'

type Values = DigestCredentials & { qop: 'auth' | 'auth-int' | null; uri: string; realm: string; nonce: string }

/** RFC 7616 §3.4.1, or RFC 2069 §2.1.2 without qop. */
function responseTo(request: OutboundRequest, { algorithm, session }: SupportedChallenge, values: Values): string {
  const { username, password, realm, nonce, cnonce, qop, uri } = values
  const hash = (text: string | Uint8Array) =>
    bytesToHex(algorithms[algorithm](typeof text === 'string' ? bytesOfByteText(text) : text))
  const known = hash(`${byteText(utf8(username))}:${realm}:${byteText(utf8(password))}`)
  const secret = session ? hash(`${known}:${nonce}:${cnonce}`) : known
  const asked = hash(`${request.method}:${uri}${qop === 'auth-int' ? `:${hash(bodyBytes(request))}` : ''}`)
  return hash([secret, nonce, ...(qop === null ? [] : [firstUse, cnonce, qop]), asked].join(':'))
}

/**
 * The user name, hashed if the server wants that. A name beyond ASCII is percent-encoded only if the server announces
 * UTF-8 (RFC 7616 §3.4); other servers, such as Apache, do not support `username*` and get the bytes that are hashed.
 */
function userFields({ algorithm, parameters }: SupportedChallenge, username: string): Result<string[]> {
  if (hasControlCharacter(username))
    return refuse('invalid_value', 'The user name contains a control character, which Digest does not allow.')
  const bytes = byteText(utf8(username))
  if (parameters.get('userhash')?.toLowerCase() === 'true') {
    const hashed = bytesToHex(algorithms[algorithm](bytesOfByteText(`${bytes}:${parameters.get('realm') ?? ''}`)))
    return succeed([`username="${hashed}"`, 'userhash=true'])
  }
  const isEncoded = bytes !== username && parameters.get('charset')?.toLowerCase() === 'utf-8'
  return succeed([isEncoded ? `username*=UTF-8''${percentEncode(username)}` : `username=${quote(bytes)}`])
}

/** RFC 9110 §5.6.4. */
function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
