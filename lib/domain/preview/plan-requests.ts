import { originsUnchecked } from '../requests/check-destination'
import type { EndpointDefinition, PhaseDefinition } from '../definitions'
import { buildAccessTokenRequest, buildOAuth1AuthorizeUrl, buildRequestTokenRequest } from '../oauth1/three-legged'
import { buildAuthorizeUrl } from '../oauth2/authorize-url'
import type { GrantInput } from '../oauth2/grant-fields'
import { buildTokenRequest } from '../oauth2/token-request'
import { buildEndpointRequest } from '../requests/build-endpoint-request'
import { buildProbeRequest } from '../requests/build-probe-request'
import { noSecrecy, type BuiltRequest } from '../requests/types'
import { noPagination } from '../pagination-schema'
import { succeed, type Result } from '../result'
import { SecretBook } from '../secret-book'
import { phaseKinds, type PhaseKind } from '../vocabulary'
import { answerToSample, waitsForChallenge } from './plan-challenge'
import { authenticationTypeDefinitions } from '../authentication/registry'
import {
  ellipsisPlaceholder,
  placeholderGrant,
  placeholderTokens,
  type PlaceholderInput,
  type Placeholders,
} from './placeholders'
import { tokenOriginOf } from '../authentication/token-origin'

/** The requests of a method in order, each with the builder that also makes the real request. */

export type PlannedRequest = {
  phase: PhaseKind
  step: number
  title: string
  byBrowser: boolean
  note: string
  build: () => Result<BuiltRequest>
}

const order: readonly PhaseKind[] = [
  'request_token',
  'authorise',
  'exchange',
  'after_connect',
  'refresh',
  'verify',
  'endpoint',
  'revoke',
]

/** All requests of the method's phases, in the order in which they are sent. */
export function planRequests(input: PlaceholderInput, placeholders: Placeholders): PlannedRequest[] {
  const { phases } = authenticationTypeDefinitions[input.method.type]
  return order.filter((kind) => phases.includes(kind)).flatMap((kind) => planPhase(kind, input, placeholders))
}

function planPhase(kind: PhaseKind, input: PlaceholderInput, placeholders: Placeholders): PlannedRequest[] {
  if (kind === 'endpoint') return planEndpoint(input, placeholders)
  const rows = rowsOf(kind, input)
  return rows.map((row) => ({
    phase: kind,
    step: row.step,
    title: rows.length > 1 ? `${phaseKinds[kind]}, request ${row.step + 1}` : phaseKinds[kind],
    byBrowser: kind === 'authorise',
    note: noteOf(kind, input),
    build: () => buildPhase(row, input, placeholders),
  }))
}

const noSettings = {
  httpMethod: null,
  url: null,
  bodyFormat: null,
  body: null,
  clientAuthentication: null,
  successRule: null,
  extract: null,
}

/** Those with a URL, and required ones without, so that the missing URL is reported. */
function rowsOf(kind: PhaseKind, { method }: PlaceholderInput): PhaseDefinition[] {
  const rows = method.phases.filter((phase) => phase.kind === kind).sort((one, other) => one.step - other.step)
  if (kind === 'refresh') return refreshes(method) ? [rows[0] ?? { kind, step: 0, ...noSettings }] : []
  const filled = rows.filter(({ url }) => Boolean(url))
  const needed = authenticationTypeDefinitions[method.type].urls.some(
    ({ phase, required }) => phase === kind && required,
  )
  return needed && !filled.some(({ step }) => step === 0) ? [{ kind, step: 0, ...noSettings }, ...filled] : filled
}

/** Whether the method refreshes its token by a separate request. */
function refreshes(method: PlaceholderInput['method']): boolean {
  const { options } = method
  if (tokenOriginOf(method) === null || options === null) return false
  const own = method.phases.some(({ kind, url, body }) => kind === 'refresh' && Boolean(url || body))
  const byToken = options.refreshBy === 'refresh_token' || options.refreshBy === 'access_token'
  return byToken && (own || tokenOriginOf(method) === 'person' || options.refreshBy === 'access_token')
}

function noteOf(kind: PhaseKind, { method }: PlaceholderInput): string {
  if (kind === 'authorise') return 'The person’s browser opens this page and returns to the redirect URI.'
  if (kind === 'refresh') return 'Shortly before the token expires, and once if it is rejected.'
  if (kind === 'after_connect') return 'Once, when an instance is connected.'
  if (kind === 'revoke') return 'When an instance is deleted.'
  if (kind !== 'exchange' || tokenOriginOf(method) !== 'requests') return ''
  return 'Before the first request of an instance, and again whenever there is no valid token.'
}

type Shared = Pick<PlaceholderInput, 'connector' | 'method' | 'redirectUri'> & Pick<Placeholders, 'values' | 'context'>

function buildPhase(
  row: PhaseDefinition,
  input: PlaceholderInput,
  { connector, values, context }: Placeholders,
): Result<BuiltRequest> {
  const { method, redirectUri } = input
  const shared: Shared = { connector, method, values, context, redirectUri }
  const isOAuth1 = authenticationTypeDefinitions[method.type].phases.includes('request_token')
  if (isOAuth1 && row.kind !== 'verify' && row.kind !== 'after_connect') return buildThreeLegged(row, shared)
  if (row.kind === 'authorise') return authorise(shared)
  if (row.kind === 'verify' || row.kind === 'after_connect') {
    return buildProbeRequest(unsent(shared), row)
  }
  return buildTokenRequest({
    connector,
    method,
    values,
    grant: grantOf(row.kind, shared),
    step: row.step,
    context,
    confirmedOrigins: originsUnchecked,
  })
}

/** The input of requests that are never sent. */
function unsent({ connector, method, values, context }: Omit<Shared, 'redirectUri'>) {
  const { reserved, signer } = context
  return { connector, method, values, reserved, signer, confirmedOrigins: originsUnchecked }
}

function grantOf(kind: PhaseKind, { method, redirectUri }: Shared): GrantInput {
  const { access_token: accessToken, refresh_token: refreshToken } = placeholderTokens
  if (kind === 'refresh') return { kind: 'refresh', refreshToken, accessToken }
  if (kind === 'revoke') return { kind: 'revoke', accessToken, refreshToken }
  if (tokenOriginOf(method) !== 'person') return { kind: 'exchange' }
  const codeVerifier = method.options.pkce === 'off' ? null : placeholderGrant.verifier
  return { kind: 'code', code: placeholderGrant.code, redirectUri, codeVerifier }
}

function authorise({ connector, method, values, context, redirectUri }: Shared): Result<BuiltRequest> {
  const mode = method.options.pkce
  const pkce = mode === 'off' ? null : { challenge: placeholderGrant.challenge, method: mode }
  return inBrowser(
    buildAuthorizeUrl({
      connector,
      method,
      values,
      context,
      state: placeholderGrant.state,
      redirectUri,
      pkce,
      confirmedOrigins: originsUnchecked,
    }),
  )
}

/** @see RFC 5849 §2 */
function buildThreeLegged(
  { kind }: PhaseDefinition,
  { connector, method, values, context, redirectUri }: Shared,
): Result<BuiltRequest> {
  const reserved = { ...context.reserved, now: context.reserved?.now ?? '', nonce: context.reserved?.nonce ?? '' }
  const input = { connector, method, values, reserved, signer: context.signer, confirmedOrigins: originsUnchecked }
  if (kind === 'request_token') return buildRequestTokenRequest(input, `${redirectUri}?state=${placeholderGrant.state}`)
  const { access_token: token, refresh_token: tokenSecret } = placeholderTokens
  if (kind === 'authorise') return inBrowser(buildOAuth1AuthorizeUrl(input, token))
  return buildAccessTokenRequest(input, { token, tokenSecret, verifier: placeholderGrant.verifier })
}

function inBrowser(url: Result<string>): Result<BuiltRequest> {
  if (!url.ok) return url
  return succeed({
    request: { method: 'GET', url: url.value, headers: [], body: null },
    secrets: new SecretBook(),
    credentialNames: { headers: [], queryKeys: [] },
    secrecy: noSecrecy,
  })
}

/** The endpoint requests, with one endpoint as an example. */
function planEndpoint(input: PlaceholderInput, placeholders: Placeholders): PlannedRequest[] {
  const { method, endpoint } = input
  const { connector, values, context } = placeholders
  const build = () =>
    buildEndpointRequest({ ...unsent({ connector, method, values, context }), endpoint: endpoint ?? anyEndpoint })
  const planned = { phase: 'endpoint' as const, step: 0, byBrowser: false, title: phaseKinds.endpoint }
  const note = endpoint
    ? `Example: ${endpoint.name}.`
    : 'This connector has no endpoints yet. Their requests will look like this.'
  const first = { ...planned, note, build }
  if (!waitsForChallenge(input)) return [first]
  const again =
    'The server responds to the first request with 401 and a challenge. The request is then sent again. This also applies to test requests and lookups.'
  return [
    first,
    {
      ...planned,
      step: 1,
      title: `${phaseKinds.endpoint}, sent again`,
      note: again,
      build: () => answerToSample(build(), input, placeholders),
    },
  ]
}

const anyEndpoint: EndpointDefinition = {
  ...{
    id: 'any',
    key: 'any',
    name: '',
    entityType: '',
    direction: 'receive',
    httpMethod: 'GET',
    url: `/${ellipsisPlaceholder}`,
  },
  ...{ bodyFormat: 'none', body: '', dataPath: '', pagination: noPagination, variables: [], parameters: [] },
}
