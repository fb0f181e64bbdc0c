import { refuse, succeed, type Result } from './result'
import { utf8 } from './encoding'

/**
 * Signing with a private key. The rules know only this interface: the server signs with its crypto library, a browser
 * cannot sign.
 */

/**
 * The names of JOSE (RFC 7518 §3.1, RFC 8037, RFC 8812). RS1 is RSASSA-PKCS1-v1_5 with SHA-1, which OAuth 1 calls
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
 * Signs the bytes with a private key in PEM. ECDSA signatures are r‖s (IEEE P1363), as all protocols here require.
 */
export type Signer = (algorithm: SignatureAlgorithm, keyPem: string, data: Uint8Array) => Result<Uint8Array>

/** Signs, or refuses if signing is not possible. */
export function signWith(
  signer: Signer | undefined,
  algorithm: SignatureAlgorithm,
  keyPem: string,
  data: Uint8Array,
): Result<Uint8Array> {
  if (keyPem.trim() === '')
    return refuse('missing_value', `The private key is empty. Enter one in PEM format; ${algorithm} needs it.`)
  return signer ? signer(algorithm, keyPem, data) : refuse('unexpected', 'Private keys can only be used on the server.')
}

/** For previews, where no key may be used: returns a placeholder for every signature. */
export const placeholderSigner: Signer = () => succeed(utf8('patchbaysignaturestandin'))
