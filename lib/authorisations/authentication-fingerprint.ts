import 'server-only'
import { readMethodOptions } from '@/lib/domain/authentication/method-options'
import type { MethodOptions } from '@/lib/domain/method-options/options'
import {
  buildAccessTokenRequest,
  buildOAuth1AuthorizeUrl,
  buildRequestTokenRequest,
} from '@/lib/domain/oauth1/three-legged'
import { buildAuthorizeUrl, oauthScope } from '@/lib/domain/oauth2/authorize-url'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import type { MethodDefinition } from '@/lib/domain/definitions'
import { standInSigner } from '@/lib/domain/signer'
import type { PhaseKind } from '@/lib/domain/vocabulary'
import type { Credentials } from '@/lib/credentials/credentials'

const redirectUri = 'https://redirect.invalid'
const reserved = { now: '2000-01-01T00:00:00.000Z', nonce: 'nonce', uuid: 'uuid' }

/** The requests of an authentication as these credentials make them: equal requests, equal authentication. */
export function fingerprintOf(credentials: Credentials): string {
  const requests = credentials.method.type === 'oauth1' ? oauth1Requests(credentials) : oauth2Requests(credentials)
  return JSON.stringify([requests, valuesInUse(credentials)])
}

function oauth1Requests({ connector, method, values }: Credentials) {
  const input = { connector, method, values, confirmedOrigins: null, reserved, signer: standInSigner }
  return [
    buildRequestTokenRequest(input, redirectUri),
    buildOAuth1AuthorizeUrl(input, 'token'),
    buildAccessTokenRequest(input, { token: 'token', tokenSecret: 'secret', verifier: 'verifier' }),
  ]
}

function oauth2Requests({ connector, method, values }: Credentials) {
  const base = { connector, method, values, confirmedOrigins: null, context: { reserved, signer: standInSigner } }
  return [
    buildAuthorizeUrl({ ...base, state: 'state', redirectUri, pkce: null }),
    buildTokenRequest({ ...base, grant: { kind: 'code', code: 'code', redirectUri, codeVerifier: null } }),
    buildTokenRequest({
      ...base,
      grant: { kind: 'refresh', refreshToken: 'refresh-token', accessToken: 'access-token' },
    }),
  ]
}

const phasesOfAuthentication: readonly PhaseKind[] = [
  'request_token',
  'authorise',
  'exchange',
  'refresh',
  'after_connect',
]

/** Of keys that sign, which no request shows, and of later requests, which cannot be made before the earlier ones are answered. */
function valuesInUse(credentials: Credentials): [key: string, value: string][] {
  const options = readMethodOptions(credentials.method)
  const texts = options.ok ? textsOf(credentials.method, options.value) : ''
  const own = credentials.method.type === 'oauth1' ? ['consumer_key', 'consumer_secret', 'signature_method'] : []
  return [...oauthScope(credentials)].flatMap(([key, { value }]) =>
    own.includes(key) || names(texts, key) ? [[key, value]] : [],
  )
}

function textsOf(method: MethodDefinition, options: MethodOptions): string {
  const isOurs = (kind: PhaseKind) => phasesOfAuthentication.includes(kind)
  const parameters = method.parameters.filter(({ phases }) => phases.some(isOurs)).map(({ value }) => value)
  const requests = method.phases.filter(({ kind }) => isOurs(kind)).map(({ url, body }) => [url, body])
  return withComputed(JSON.stringify([requests, parameters, options.jwt]), options.computed)
}

/** With the texts of the computed values that they name, and so on. */
function withComputed(texts: string, computed: MethodOptions['computed']): string {
  const named = computed.filter(({ key }) => names(texts, key))
  if (named.length === 0) return texts
  return withComputed(
    texts + JSON.stringify(named.map(({ value }) => value)),
    computed.filter((entry) => !named.includes(entry)),
  )
}

function names(texts: string, key: string): boolean {
  return new RegExp(`\\{\\{[^}]*\\b${key}\\b`).test(texts)
}
