import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { base64OfBytes, percentEncode, utf8 } from '../encoding'
import { checkHeader } from '../content/headers'
import type { OutboundRequest } from '../http-messages'
import { refuse, succeed, type Result } from '../result'
import { signWith, type SignatureAlgorithm, type Signer } from '../signer'
import { signatureBaseString } from './oauth1-base-string'
import { bodyBytes, isForm, withHeader, withQueryText, type Pair } from './request-parts'

/** OAuth 1 (RFC 5849), with the SHA-2 methods that servers have added later. */

type Hash = typeof sha1 | typeof sha256 | typeof sha512
type Method = { hash: Hash; rsa?: SignatureAlgorithm } | { hash: null }

export const oauth1Methods = {
  'HMAC-SHA256': { hash: sha256 },
  'HMAC-SHA1': { hash: sha1 },
  'HMAC-SHA512': { hash: sha512 },
  'RSA-SHA256': { hash: sha256, rsa: 'RS256' },
  'RSA-SHA1': { hash: sha1, rsa: 'RS1' },
  'RSA-SHA512': { hash: sha512, rsa: 'RS512' },
  PLAINTEXT: { hash: null },
} as const satisfies Record<string, Method>
export type OAuth1Method = keyof typeof oauth1Methods

export type OAuth1Credentials = {
  consumerKey: string
  /** With RSA: the private key in PEM. */
  consumerSecret: string
  /** Empty if there is none yet; the parameter is then left out. */
  token: string
  tokenSecret: string
}

export type OAuth1Input = OAuth1Credentials & {
  request: OutboundRequest
  signatureMethod: string
  /** Not signed; left out if it is empty. */
  realm: string
  placement: 'header' | 'query' | 'body'
  /** The extension OAuth Request Body Hash. */
  bodyHash: boolean
  /** Only in token requests (RFC 5849 §2.1, §2.3). */
  callback?: string
  verifier?: string
  now: Date
  nonce: string
  signer?: Signer
}

export type OAuth1Signed = { request: OutboundRequest; signature: string }

/** Signs the finished request and adds the parameters of the protocol. */
export function signOAuth1(input: OAuth1Input): Result<OAuth1Signed> {
  const method = readOAuth1Method(input.signatureMethod)
  if (!method.ok) return method
  const ready = readyForBody(input)
  if (!ready.ok) return ready
  const protocol = protocolParameters({ ...input, request: ready.value }, method.value)
  const signature = oauth1Signature(ready.value, protocol, method.value, input)
  if (!signature.ok) return signature
  const request = withParameters(ready.value, [...protocol, ['oauth_signature', signature.value]], input)
  return request.ok ? succeed({ request: request.value, signature: signature.value }) : request
}

/** Reads the method in upper or lower case. */
export function readOAuth1Method(name: string): Result<OAuth1Method> {
  const names = Object.keys(oauth1Methods) as OAuth1Method[]
  const found = names.find((candidate) => candidate === name.trim().toUpperCase())
  return found ? succeed(found) : refuse('invalid_value', `Unknown signature method. Use one of ${names.join(', ')}.`)
}

function protocolParameters(input: OAuth1Input, method: OAuth1Method): Pair[] {
  const { consumerKey, token, callback, verifier, now, nonce } = input
  const given: [string, string | undefined][] = [
    ['oauth_consumer_key', consumerKey],
    ['oauth_token', token || undefined],
    ['oauth_signature_method', method],
    ['oauth_timestamp', String(Math.floor(now.getTime() / 1000))],
    ['oauth_nonce', nonce],
    ['oauth_version', '1.0'],
    ['oauth_callback', callback],
    ['oauth_verifier', verifier],
    ['oauth_body_hash', bodyHash(input, method)],
  ]
  return given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
}

/**
 * The hash of the body as it is sent, even if it is empty. A form has none, because its parameters are signed (OAuth
 * Request Body Hash 1.0 §3).
 */
function bodyHash({ bodyHash: wanted, request }: OAuth1Input, method: OAuth1Method): string | undefined {
  const { hash } = oauth1Methods[method]
  if (!wanted || hash === null || isForm(request)) return undefined
  return base64OfBytes(hash(bodyBytes(request)))
}

function isRsa(method: Method): method is { hash: Hash; rsa: SignatureAlgorithm } {
  return method.hash !== null && method.rsa !== undefined
}

/**
 * RFC 5849 §3.4.2 to §3.4.4. A method signs only with its own kind of key: PLAINTEXT would send a private key.
 */
export function oauth1Signature(
  request: OutboundRequest,
  protocol: readonly Pair[],
  name: OAuth1Method,
  { consumerSecret, tokenSecret, signer }: Pick<OAuth1Input, 'consumerSecret' | 'tokenSecret' | 'signer'>,
): Result<string> {
  const method: Method = oauth1Methods[name]
  if (!isRsa(method) && /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(consumerSecret))
    return refuse(
      'invalid_value',
      `${name} needs a shared secret, but this is a private key. Choose RSA-SHA1, RSA-SHA256 or RSA-SHA512, or enter the secret.`,
    )
  const key = `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`
  if (method.hash === null) return succeed(key)
  const text = utf8(signatureBaseString(request, protocol))
  if (!isRsa(method)) return succeed(base64OfBytes(hmac(method.hash, utf8(key), text)))
  const signature = signWith(signer, method.rsa, consumerSecret, text)
  return signature.ok ? succeed(base64OfBytes(signature.value)) : signature
}

/** Parameters can be sent only in the body of a form (RFC 5849 §3.5.2). A request without a body gets one. */
function readyForBody({ request, placement }: OAuth1Input): Result<OutboundRequest> {
  if (placement !== 'body' || isForm(request)) return succeed(request)
  if (request.body === null && request.method !== 'GET' && request.method !== 'HEAD') {
    return succeed(withHeader({ ...request, body: '' }, 'Content-Type', 'application/x-www-form-urlencoded'))
  }
  return refuse(
    'invalid_input',
    'OAuth 1 parameters can be sent in the body only if it is a form. Send them in the header or in the URL.',
  )
}

function withParameters(
  request: OutboundRequest,
  parameters: readonly Pair[],
  { placement, realm }: OAuth1Input,
): Result<OutboundRequest> {
  const encoded = parameters.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')
  if (placement === 'query') return succeed(withQueryText(request, encoded))
  if (placement === 'header') {
    // Everything else in this header is percent-encoded.
    const checked = checkHeader('Authorization', realm, '“Realm”')
    if (!checked.ok) return checked
    return succeed(withHeader(request, 'Authorization', authorizationHeader(parameters, realm)))
  }
  const body = new TextDecoder().decode(bodyBytes(request))
  return succeed({ ...request, body: body === '' ? encoded : `${body}&${encoded}` })
}

/** RFC 5849 §3.5.1; the realm is a quoted string (RFC 9110 §5.6.4). */
function authorizationHeader(parameters: readonly Pair[], realm: string): string {
  const quoted = parameters.map(([name, value]) => `${percentEncode(name)}="${percentEncode(value)}"`)
  return `OAuth ${[...(realm === '' ? [] : [`realm="${realm.replace(/["\\]/g, '\\$&')}"`]), ...quoted].join(', ')}`
}
