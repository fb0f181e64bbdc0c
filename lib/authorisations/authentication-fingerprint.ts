import 'server-only'
import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { namesIn, namesOf } from '@/lib/domain/authentication/method-texts'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import {
  buildAccessTokenRequest,
  buildOAuth1AuthorizeUrl,
  buildRequestTokenRequest,
} from '@/lib/domain/oauth1/three-legged'
import { buildAuthorizeUrl, oauthScope } from '@/lib/domain/oauth2/authorize-url'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { placeholderSigner } from '@/lib/domain/signer'
import type { PhaseKind } from '@/lib/domain/vocabulary'
import type { Credentials } from '@/lib/credentials/credentials'

const redirectUri = 'https://redirect.invalid'
const reserved = { now: '2000-01-01T00:00:00.000Z', nonce: 'nonce', uuid: 'uuid' }

/**
 * The authentication requests that these credentials produce. If the requests are equal, the authentication is the
 * same.
 */
export function fingerprintOf(credentials: Credentials): string {
  const requests = credentials.method.type === 'oauth1' ? oauth1Requests(credentials) : oauth2Requests(credentials)
  return JSON.stringify([requests, valuesInUse(credentials)])
}

function oauth1Requests({ connector, method, values }: Credentials) {
  const input = { connector, method, values, confirmedOrigins: originsUnchecked, reserved, signer: placeholderSigner }
  return [
    buildRequestTokenRequest(input, redirectUri),
    buildOAuth1AuthorizeUrl(input, 'token'),
    buildAccessTokenRequest(input, { token: 'token', tokenSecret: 'secret', verifier: 'verifier' }),
  ]
}

function oauth2Requests({ connector, method, values }: Credentials) {
  const base = {
    connector,
    method,
    values,
    confirmedOrigins: originsUnchecked,
    context: { reserved, signer: placeholderSigner },
  }
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

/**
 * Values that the requests above do not show: keys that sign, and values of later requests, which cannot be built
 * before the earlier ones have a response.
 */
function valuesInUse(credentials: Credentials): [key: string, value: string][] {
  const named = namesOfAuthentication(credentials.method)
  const own = credentials.method.type === 'oauth1' ? ['consumer_key', 'consumer_secret', 'signature_method'] : []
  return [...oauthScope(credentials)].flatMap(([key, { value }]) =>
    own.includes(key) || named.has(key) ? [[key, value]] : [],
  )
}

function namesOfAuthentication(method: MethodDefinition): ReadonlySet<string> {
  const isOurs = (kind: PhaseKind) => phasesOfAuthentication.includes(kind)
  const { clientAuthentication, jwt, computed } = method.options
  const named = namesIn({
    type: method.type,
    options: { clientAuthentication, jwt },
    phases: method.phases.filter(({ kind }) => isOurs(kind)),
    parameters: method.parameters.filter(({ phases }) => phases.some(isOurs)),
  })
  return withComputed(named, computed)
}

/** Adds the names that are used by computed values, recursively. */
function withComputed(names: ReadonlySet<string>, computed: MethodOptions['computed']): ReadonlySet<string> {
  const used = computed.filter(({ key }) => names.has(key))
  if (used.length === 0) return names
  return withComputed(
    new Set([...names, ...namesOf(used.map(({ value }) => value))]),
    computed.filter((entry) => !used.includes(entry)),
  )
}
