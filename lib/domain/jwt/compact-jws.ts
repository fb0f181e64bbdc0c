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

/** What a JWT may be signed with. `none` is not among them (RFC 8725 §3.1), nor is anything with SHA-1. */
export const jwtAlgorithms = [
  ...(Object.keys(hashes) as HmacAlgorithm[]),
  ...signatureAlgorithms.filter((name) => name !== 'RS1'),
]
export type JwtAlgorithm = HmacAlgorithm | Exclude<SignatureAlgorithm, 'RS1'>

export type JwsKey = { algorithm: JwtAlgorithm; text: string; encoding: KeyEncoding }

/** Written exactly so: another spelling is another algorithm, or none. */
export function readJwtAlgorithm(text: string): Result<JwtAlgorithm> {
  const known = jwtAlgorithms.find((algorithm) => algorithm === text)
  if (known) return succeed(known as JwtAlgorithm)
  if (text.toLowerCase() === 'none')
    return refuse('invalid_value', 'A JWT without signature (none) is never sent. Choose an algorithm that signs.')
  const said = text === '' ? 'The algorithm of the JWT is empty.' : 'The algorithm of the JWT is not known.'
  return refuse('invalid_value', `${said} There are: ${jwtAlgorithms.join(', ')}.`)
}

/** Signed with a shared secret rather than a private key. */
export function isHmacAlgorithm(algorithm: string): algorithm is HmacAlgorithm {
  return Object.hasOwn(hashes, algorithm)
}

/**
 * A signed text of three parts: header, payload, signature.
 * @see RFC 7515 §3.1 and §5.1
 */
export function compactJws(header: string, payload: string, key: JwsKey, signer: Signer | undefined): Result<string> {
  const input = `${base64url(header)}.${base64url(payload)}`
  const signature = signBytes(utf8(input), key, signer)
  return signature.ok ? succeed(`${input}.${base64urlOfBytes(signature.value)}`) : signature
}

/** The algorithm decides which kind of key there must be, never the key which algorithm (RFC 8725 §2.1 and §3.1). */
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
      `${algorithm} signs with a shared secret, and the key is a PEM key. Choose an RS, PS, ES or EdDSA algorithm, or enter the secret and say how it is written.`,
    )
  }
  const key = decodeKey(text, encoding)
  return key.ok ? succeed(hmac(hashes[algorithm], key.value, data)) : key
}

/** A private key may come as the Base64 of its PEM file, as it stands in many environments. */
function pemOf(algorithm: JwtAlgorithm, text: string, encoding: KeyEncoding): Result<string> {
  if (encoding === 'pem') return succeed(text)
  const bytes = encoding === 'text' ? null : decodeKey(text, encoding)
  if (bytes?.ok === false) return bytes
  const pem = bytes === null ? '' : new TextDecoder().decode(bytes.value)
  if (pem.includes('-----BEGIN ')) return succeed(pem)
  return refuse(
    'invalid_value',
    `${algorithm} signs with a private key in PEM form, and this is a shared secret. Choose an HS algorithm, or enter the private key and choose PEM.`,
  )
}
