import { generateKeyPairSync } from 'node:crypto'
import type { JWKS } from 'oidc-provider'

let keys: JWKS | undefined

/** Created once per process. */
export function signingKeys(): JWKS {
  keys ??= {
    keys: [
      {
        ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
        use: 'sig',
        alg: 'RS256',
        kid: 'acme-1',
      },
    ],
  } as JWKS
  return keys
}
