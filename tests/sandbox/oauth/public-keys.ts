import { createPublicKey } from 'node:crypto'
import type { JWKS } from 'oidc-provider'

/** The public key, as a client publishes it (RFC 7517). */
export function publicKeySet(privatePem: string, kid: string, alg: string): JWKS {
  return { keys: [{ ...createPublicKey(privatePem).export({ format: 'jwk' }), kid, alg, use: 'sig' }] } as JWKS
}
