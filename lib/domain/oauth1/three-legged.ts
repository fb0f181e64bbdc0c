import type { ConfirmedOrigins } from '../requests/check-destination'
import { oauth1Defaults } from '../authentication/oauth1'
import { readOwnValues } from '../authentication/own-values'
import { nothingApplied } from '../authentication/placement'
import type { ConnectorDefinition, PhaseDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { oauthScope } from '../oauth2/authorize-url'
import { parametersOfPhase } from '../content/parameters'
import { assembleAddress, assembleRequest } from '../requests/assemble-request'
import type { RequestParts } from '../requests/request-parts'
import type { BuiltRequest } from '../requests/types'
import { refuse, succeed, type Result } from '../result'
import { signOAuth1 } from '../signatures/oauth1'
import { checkSigned, momentOf, nonceOf } from '../signatures/request-parts'
import type { Signer } from '../signer'
import type { TemplateContext } from '../templates/template'
import type { VariableValues } from '../variables/resolve-variables'

/** The three-legged authorisation of OAuth 1, in which a person takes part. @see RFC 5849 §2 */

export type ThreeLeggedInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  confirmedOrigins: ConfirmedOrigins
  /** With the time and the nonce of this request. */
  reserved: NonNullable<TemplateContext['reserved']>
  signer?: Signer
}

export type TemporaryCredentials = { token: string; tokenSecret: string }

/** Builds the request for the request token. @see RFC 5849 §2.1 */
export function buildRequestTokenRequest(input: ThreeLeggedInput, callback: string): Result<BuiltRequest> {
  return buildSigned(input, 'request_token', { token: '', tokenSecret: '', callback })
}

/** Builds the request for the token, with the verifier from the callback. @see RFC 5849 §2.3 */
export function buildAccessTokenRequest(
  input: ThreeLeggedInput,
  given: TemporaryCredentials & { verifier: string },
): Result<BuiltRequest> {
  const built = buildSigned(input, 'exchange', given)
  if (!built.ok) return built
  const { secrets } = built.value
  for (const text of [given.token, given.tokenSecret, given.verifier]) secrets.addWhole(text)
  return built
}

/** The address of that request. @see assembleAddress */
export function accessTokenAddress(input: ThreeLeggedInput) {
  const parts = requestParts(input, 'exchange')
  return parts.ok ? assembleAddress(parts.value) : parts
}

/**
 * The URL to which the person is sent. It is visible in the browser, so it may contain the request token but no secret.
 * @see RFC 5849 §2.2
 */
export function buildOAuth1AuthorizeUrl(input: ThreeLeggedInput, requestToken: string): Result<string> {
  const built = assemble(input, 'authorise', [['oauth_token', requestToken]])
  if (!built.ok) return built
  const { request, secrecy } = built.value
  if (Object.values(secrecy).every((each) => each === 'none')) return succeed(request.url)
  return refuse(
    'literal_secret',
    'A secret variable cannot be part of the authorise request: it would be visible in the browser.',
  )
}

type Leg = 'request_token' | 'authorise' | 'exchange'
const labels: Record<Leg, string> = {
  request_token: 'Request token URL',
  authorise: 'Authorise URL',
  exchange: 'Access token URL',
}

function assemble(input: ThreeLeggedInput, kind: Leg, queryPairs: [string, string][] = []): Result<BuiltRequest> {
  const parts = requestParts(input, kind, queryPairs)
  return parts.ok ? assembleRequest(parts.value) : parts
}

/** Not signed with the current token, because the authorisation is going to obtain a new one. */
function requestParts(input: ThreeLeggedInput, kind: Leg, queryPairs: [string, string][] = []): Result<RequestParts> {
  const { connector, method, confirmedOrigins, reserved, signer } = input
  const phase = method.phases.find((row) => row.kind === kind && row.step === 0)
  if (!phase?.url)
    return refuse(
      'invalid_url',
      `${method.name} has no ${labels[kind]}. Enter it on the URLs tab of the authentication method.`,
    )
  const { options } = method
  return succeed({
    ...{ connector, method, confirmedOrigins, endpoint: null, options, unsigned: true },
    ...settingsOf(phase, kind),
    parameters: { connector: [], method: parametersOfPhase(method.parameters, kind), endpoint: [] },
    credentials: () => succeed({ ...nothingApplied, queryPairs }),
    scope: oauthScope(input),
    context: { reserved, signer },
  })
}

function settingsOf({ url, httpMethod, bodyFormat, body }: PhaseDefinition, kind: Leg) {
  const method = kind === 'authorise' ? 'GET' : (httpMethod ?? 'POST')
  const bodiless = method === 'GET' || method === 'HEAD'
  return {
    url: url ?? '',
    httpMethod: method,
    bodyFormat: bodiless ? ('none' as const) : (bodyFormat ?? 'none'),
    body: bodiless ? '' : (body ?? ''),
  }
}

type Signing = TemporaryCredentials & { callback?: string; verifier?: string }

function buildSigned(input: ThreeLeggedInput, kind: Leg, signing: Signing): Result<BuiltRequest> {
  const built = assemble(input, kind)
  if (!built.ok) return built
  const { options } = input.method
  const { secrets } = built.value
  const context = { reserved: input.reserved, signer: input.signer, secrets }
  const values = readOwnValues(
    ['consumer_key', 'consumer_secret', 'signature_method', 'realm'],
    { scope: oauthScope(input), context },
    oauth1Defaults,
  )
  if (!values.ok) return values
  const now = momentOf(context)
  if (!now.ok) return now
  const nonce = nonceOf(context)
  if (!nonce.ok) return nonce
  const {
    consumer_key: consumerKey,
    consumer_secret: consumerSecret,
    signature_method: signatureMethod,
    realm,
  } = values.value
  const signed = signOAuth1({
    ...{ ...options.oauth1, ...signing, consumerKey, consumerSecret, signatureMethod, realm },
    ...{ request: built.value.request, now: now.value, nonce: nonce.value, signer: context.signer },
  })
  if (!signed.ok) return signed
  const request = checkSigned(signed.value.request)
  if (!request.ok) return request
  secrets.addWhole(signed.value.signature)
  return succeed({ ...built.value, request: request.value })
}
