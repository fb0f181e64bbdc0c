import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { Caller } from '../api/caller'
import { known } from '../known'
import { header, refuse, type ArrivedRequest, type CreatePart } from './protocol'

const { keyIds, issuer, audience, secret } = known.jwt
const longestLifetimeSeconds = 600

/** Each key has one algorithm, so that a public key can never be used as the secret of an HMAC. */
const keys = new Map<string, { algorithm: string; key: KeyObject }>([
  [keyIds.RS256, { algorithm: 'RS256', key: createPublicKey(known.keys.rsa) }],
  [keyIds.ES256, { algorithm: 'ES256', key: createPublicKey(known.keys.ec) }],
  [keyIds.EdDSA, { algorithm: 'EdDSA', key: createPublicKey(known.keys.ed) }],
  [keyIds.HS256, { algorithm: 'HS256', key: createSecretKey(Buffer.from(secret)) }],
])

function keyOf(token: string): { algorithm: string; key: KeyObject } {
  let kid: string | undefined
  try {
    kid = decodeProtectedHeader(token).kid
  } catch {
    refuse('invalid_jwt', 'This is not a JWT')
  }
  return keys.get(kid ?? '') ?? refuse('unknown_key', `There is no key with the kid ${kid ?? '(none)'}`)
}

async function verify(token: string): Promise<Caller> {
  const { algorithm, key } = keyOf(token)
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      issuer,
      audience,
      requiredClaims: ['exp', 'iat'],
    })
    if (payload.exp! - payload.iat! > longestLifetimeSeconds)
      refuse('lifetime_too_long', `exp is more than ${longestLifetimeSeconds} seconds after iat`)
    return { type: 'signed_jwt', name: payload.sub ?? issuer, scopes: [] }
  } catch (error) {
    if (error instanceof errors.JOSEError)
      refuse(error.code.toLowerCase(), error.message, { 'www-authenticate': 'Bearer error="invalid_token"' })
    throw error
  }
}

/** The JWT signed for the request is the token. */
export const createSignedJwt: CreatePart = () => ({
  doors: [],
  protocols: [
    {
      prefix: '/jwt',
      authenticate: (request: ArrivedRequest) => {
        const [, token] = /^Bearer (\S+)$/.exec(header(request, 'authorization')) ?? []
        return token === undefined ? refuse('jwt_missing', 'Send Authorization: Bearer <JWT>') : verify(token)
      },
    },
  ],
})
