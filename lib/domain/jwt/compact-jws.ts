import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { KeyEncoding } from '../key-bytes'
import { base64url, base64urlOfBytes, utf8 } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import { signatureAlgorithms, signWith, type SignatureAlgorithm, type Signer } from '../signer'
import { decodeKey } from '../key-bytes'

/** @see RFC 7518 §3.2 */
const hashes = { HS256: sha256, HS384: sha384, HS512: sha512 } as const
type HmacAlgorithm = keyof typeof hashes

/** The algorithms for JWTs, without `none` (RFC 8725 §3.1) and anything with SHA-1. */
export const jwtAlgorithms = [
  ...(Object.keys(hashes) as HmacAlgorithm[]),
  ...signatureAlgorithms.filter((name) => name !== 'RS1'),
]
export type JwtAlgorithm = HmacAlgorithm | Exclude<SignatureAlgorithm, 'RS1'>

export type JwsKey = { algorithm: JwtAlgorithm; text: string; encoding: KeyEncoding }

/** Names are case-sensitive. */
export function readJwtAlgorithm(text: string): Result<JwtAlgorithm> {
  const known = jwtAlgorithms.find((algorithm) => algorithm === text)
  if (known) return succeed(known as JwtAlgorithm)
  if (text.toLowerCase() === 'none')
    return refuse('invalid_value', 'A JWT without a signature (none) is never sent. Choose another algorithm.')
  const problem = text === '' ? 'The algorithm of the JWT is missing.' : 'The algorithm of the JWT is unknown.'
  return refuse('invalid_value', `${problem} Use one of ${jwtAlgorithms.join(', ')}.`)
}

/** Whether the algorithm signs with a shared secret rather than a private key. */
export function isHmacAlgorithm(algorithm: string): algorithm is HmacAlgorithm {
  return Object.hasOwn(hashes, algorithm)
}

/**
 * Signs header and payload; the result has three parts: header, payload, signature.
 * @see RFC 7515 §3.1 and §5.1
 */
export function compactJws(header: string, payload: string, key: JwsKey, signer: Signer | undefined): Result<string> {
  const input = `${base64url(header)}.${base64url(payload)}`
  const signature = signBytes(utf8(input), key, signer)
  return signature.ok ? succeed(`${input}.${base64urlOfBytes(signature.value)}`) : signature
}

/** The algorithm decides which kind of key is needed, never the other way round (RFC 8725 §2.1 and §3.1). */
function signBytes(
  data: Uint8Array,
  { algorithm, text, encoding }: JwsKey,
  signer: Signer | undefined,
): Result<Uint8Array> {
  if (!isHmacAlgorithm(algorithm)) {
    const pem = pemOf(algorithm, text, encoding)
    return pem.ok ? signWith(signer, algorithm, pem.value, data) : pem
  }
  if (encoding === 'pem' || text.includes('-----BEGIN ')) {
    return refuse(
      'invalid_value',
      `${algorithm} signs with a shared secret, but the key is a PEM key. Choose an RS, PS, ES or EdDSA algorithm, or enter the secret and choose its encoding.`,
    )
  }
  const key = decodeKey(text, encoding)
  return key.ok ? succeed(hmac(hashes[algorithm], key.value, data)) : key
}

/** A private key may be the Base64 of its PEM file, as is usual in environment variables. */
function pemOf(algorithm: JwtAlgorithm, text: string, encoding: KeyEncoding): Result<string> {
  if (encoding === 'pem') return succeed(text)
  const bytes = encoding === 'text' ? null : decodeKey(text, encoding)
  if (bytes?.ok === false) return bytes
  const pem = bytes === null ? '' : new TextDecoder().decode(bytes.value)
  if (pem.includes('-----BEGIN ')) return succeed(pem)
  return refuse(
    'invalid_value',
    `${algorithm} signs with a private key in PEM format, but this is a shared secret. Choose an HS algorithm, or enter the private key and choose PEM.`,
  )
}
