import { readMethodOptions } from '../authentication/method-options'
import type { MethodOptions } from '../authentication/options'
import { nothingApplied } from '../authentication/placement'
import type { ConnectorDefinition, MethodDefinition, ParameterDefinition, PhaseDefinition } from '../definitions'
import { parametersOfPhase } from '../parameters'
import { assembleRequest } from '../requests/assemble-request'
import type { BuiltRequest } from '../requests/types'
import { refuse, succeed, type Result } from '../result'
import type { ScopedValue, TemplateContext, TemplateScope } from '../templates'
import type { VariableValues } from '../variables'
import type { BodyFormat, HttpMethod } from '../vocabulary'
import { oauthScope } from './authorize-url'
import { authenticateClient, readClientAuthentication } from './client-authentication'

export type TokenGrantInput =
  { kind: 'code'; code: string; redirectUri: string; codeVerifier: string | null } | { kind: 'refresh'; refreshToken: string }

export type TokenRequestInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  grant: TokenGrantInput
  reserved?: TemplateContext['reserved']
  confirmedOrigins: readonly string[] | null
}

/** A token request's settings: what the refresh does not say itself it takes over from the exchange (DATA §4). */
type Settings = { url: string; httpMethod: HttpMethod; bodyFormat: BodyFormat; body: string; clientAuthentication: string | null }

/**
 * Exchanges a code for tokens, or refreshes them.
 * @see RFC 6749 §4.1.3 and §6
 */
export function buildTokenRequest(input: TokenRequestInput): Result<BuiltRequest> {
  const { connector, method, grant, confirmedOrigins } = input
  const options = readMethodOptions(method)
  if (!options.ok) return options
  const settings = settingsOf(method, grant.kind, options.value)
  if (!settings.ok) return settings
  const scope = scopeWithGrant(input)
  const client = readClientAuthentication(settings.value.clientAuthentication, options.value.clientAuthentication)
  if (!client.ok) return client
  const authenticated = authenticateClient(client.value, scope)
  if (!authenticated.ok) return authenticated
  const parameters = parametersOfPhase(method.parameters, grant.kind === 'code' ? 'exchange' : 'refresh')
  const fields = [...grantFields(grant, scope), ...authenticated.value.fields]
  return assembleRequest({
    ...{ connector, method, parameters: [acceptJson, ...parameters], scope, confirmedOrigins },
    ...settings.value,
    endpoint: null,
    context: { reserved: { ...input.reserved, ...(grant.kind === 'refresh' && { refresh_token: grant.refreshToken }) } },
    options: options.value,
    credentials: () =>
      succeed({
        ...nothingApplied,
        ...placeFields(settings.value, fields, parameters),
        headers: authenticated.value.headers,
        secrets: [...authenticated.value.secrets, ...grantSecrets(grant)],
      }),
  })
}

/** Some servers answer with a form unless they are asked for JSON; a parameter of the method may ask for something else. */
const acceptJson: ParameterDefinition = {
  ...{ id: 'accept', place: 'header', key: 'Accept', value: 'application/json', required: true },
  ...{ displayName: '', helpText: '', phases: ['exchange', 'refresh'], steps: [] },
}

function settingsOf(method: MethodDefinition, kind: TokenGrantInput['kind'], options: MethodOptions): Result<Settings> {
  const exchange = method.phases.find((phase) => phase.kind === 'exchange')
  const own = kind === 'refresh' ? method.phases.find((phase) => phase.kind === 'refresh') : exchange
  const inherited = <Name extends keyof PhaseDefinition>(name: Name) => own?.[name] || exchange?.[name] || null
  const url = inherited('url')
  const httpMethod = inherited('httpMethod') ?? 'POST'
  // A whole body is written for one of the two requests: it names the code, or the refresh token.
  const body = own?.body ?? ''
  const bodiless = (httpMethod === 'GET' || httpMethod === 'HEAD') && body.trim() === ''
  if (!url) return refuse('invalid_url', `${method.name} has no Token URL. Enter it on the URLs tab of the authentication method.`)
  return succeed({
    ...{ url, httpMethod, body },
    bodyFormat: bodiless ? 'none' : (inherited('bodyFormat') ?? options.requestEncoding),
    clientAuthentication: inherited('clientAuthentication'),
  })
}

/** The code and the redirect URI stand under their variables, for parameters and bodies that name them. */
function scopeWithGrant({ connector, method, values, grant }: TokenRequestInput): TemplateScope {
  const scope = new Map(oauthScope({ connector, method, values }))
  const fill = (key: string, value: string, secret: boolean) => {
    const entry: ScopedValue = scope.get(key) ?? { value: '', required: false, secret, label: key }
    scope.set(key, { ...entry, value, secret })
  }
  if (grant.kind === 'code') {
    fill('oauth_authorised_code', grant.code, true)
    fill('dashboard_oauth_callback_url', grant.redirectUri, false)
    if (grant.codeVerifier !== null) fill('code_verifier', grant.codeVerifier, true)
  }
  return scope
}

function grantFields(grant: TokenGrantInput, scope: TemplateScope): [string, string][] {
  if (grant.kind === 'refresh') {
    return [
      ['grant_type', scope.get('refresh_grant_type')?.value || 'refresh_token'],
      ['refresh_token', grant.refreshToken],
    ]
  }
  return [
    ['grant_type', scope.get('grant_type')?.value || 'authorization_code'],
    ['code', grant.code],
    ['redirect_uri', grant.redirectUri],
    ...(grant.codeVerifier === null ? [] : [['code_verifier', grant.codeVerifier] as [string, string]]),
  ]
}

/**
 * A request without body carries the fields in its query; one whose whole body is written carries none by itself. A
 * parameter of the method replaces the field of its name, and drops it where it renders to nothing.
 */
function placeFields({ bodyFormat, body }: Settings, fields: [string, string][], parameters: readonly ParameterDefinition[]) {
  const given = parameters.filter(({ place }) => place !== 'header').map(({ key }) => key)
  const missing = fields.filter(([key]) => !given.includes(key))
  if (body.trim() !== '') return {}
  return bodyFormat === 'none' ? { queryPairs: missing } : { bodyParameters: missing }
}

function grantSecrets(grant: TokenGrantInput): string[] {
  return grant.kind === 'refresh' ? [grant.refreshToken] : [grant.code, ...(grant.codeVerifier === null ? [] : [grant.codeVerifier])]
}
