import { refuse, succeed, type Result } from './result'
import { utf8 } from './encoding'

/**
 * Signing with a private key. The rules know only this port: the server signs with its crypto library, a browser
 * cannot.
 */

/**
 * As JOSE names them (RFC 7518 §3.1, RFC 8037, RFC 8812); RS1 is RSASSA-PKCS1-v1_5 with SHA-1, which OAuth 1 calls
 * RSA-SHA1.
 */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'RS1',
] as const
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number]

/**
 * Signs the bytes with a private key in PEM. ECDSA signatures are r‖s (IEEE P1363), as every protocol here wants them.
 */
export type Signer = (algorithm: SignatureAlgorithm, keyPem: string, data: Uint8Array) => Result<Uint8Array>

/** Signs where signing is possible, and says so where it is not. */
export function signWith(
  signer: Signer | undefined,
  algorithm: SignatureAlgorithm,
  keyPem: string,
  data: Uint8Array,
): Result<Uint8Array> {
  if (keyPem.trim() === '')
    return refuse('missing_value', `The private key is empty; ${algorithm} needs one in PEM form.`)
  return signer ? signer(algorithm, keyPem, data) : refuse('unexpected', 'Private keys can only be used on the server.')
}

/** For showing what a request looks like where no key may be used: a text in the place of every signature. */
export const placeholderSigner: Signer = () => succeed(utf8('patchbaysignaturestandin'))
