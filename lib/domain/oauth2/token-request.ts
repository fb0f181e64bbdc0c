import type { ConfirmedOrigins } from '../requests/check-destination'
import { keysFromResponses } from '../method-options/response-variables'
import type { MethodOptions } from '../method-options/options-schema'
import { nothingApplied } from '../authentication/placement'
import type { AppliedCredentials } from '../authentication/types'
import type { ConnectorDefinition, ParameterDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { parametersOfPhase } from '../content/parameters'
import { assembleAddress, assembleRequest } from '../requests/assemble-request'
import type { RequestParts } from '../requests/request-parts'
import type { BuiltRequest } from '../requests/types'
import { succeed, type Result } from '../result'
import type { ScopedValue, TemplateContext, TemplateScope } from '../templates/template'
import type { VariableValues } from '../variables/resolve-variables'
import { oauthScope } from './authorize-url'
import { authenticateClient } from './client-authentication'
import { addSecretsOfGrant, grantFields, type Field, type GrantInput } from './grant-fields'
import { renameFields } from '../method-options/parameter-names'
import { phaseOfGrant, tokenSettings, type TokenPhase, type TokenSettings } from './token-settings'

export type TokenRequestInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  grant: GrantInput
  /** The index of the token request, from 0. Refresh and revoke have only one. */
  step?: number
  /** The reserved values, the signer, and the values that earlier token requests provided. */
  context: TemplateContext
  confirmedOrigins: ConfirmedOrigins
}

/**
 * Builds a token request: the exchange of a code, of client credentials or of an assertion, a refresh, a revocation, or
 * one of several requests that lead to a token. Only the first has the fields of OAuth 2.
 * @see RFC 6749 §4.1.3, §4.4.2 and §6, RFC 7523 §2.1, RFC 7009 §2.1
 */
export function buildTokenRequest(input: TokenRequestInput): Result<BuiltRequest> {
  const parts = requestParts(input)
  if (!parts.ok) return parts
  const built = assembleRequest(parts.value)
  if (built.ok) addSecretsOfGrant(input.grant, built.value.secrets)
  return built
}

/** The address of such a request. @see assembleAddress */
export function tokenRequestAddress(input: TokenRequestInput) {
  const parts = requestParts(input)
  return parts.ok ? assembleAddress(parts.value) : parts
}

function requestParts(input: TokenRequestInput): Result<RequestParts> {
  const { connector, method, grant, confirmedOrigins, step = 0 } = input
  const { options } = method
  const phase = phaseOfGrant(grant)
  const parameters = parametersOfPhase(method.parameters, phase, step)
  const hasBodyParameters = parameters.some(({ place }) => place === 'body')
  const settings = tokenSettings({ method, options, phase, step, hasBodyParameters })
  if (!settings.ok) return settings
  const scope = scopeWithGrant(input, options)
  const parts = { input, options, settings: settings.value, parameters, scope }
  return succeed({
    ...{ connector, method, scope, confirmedOrigins },
    parameters: { connector: [], method: [acceptJson(phase), ...parameters], endpoint: [] },
    ...settings.value,
    endpoint: null,
    context: contextOfGrant(input),
    options,
    credentials: (context) => credentialsOf(parts, context),
    unsigned: method.type === 'request_signature' && !options.signature.signsTokenRequests,
  })
}

/**
 * Some servers return a form unless JSON is requested. A parameter of the method may request something else.
 */
function acceptJson(phase: TokenPhase): ParameterDefinition {
  return {
    ...{ id: 'accept', place: 'header', key: 'Accept', value: 'application/json', required: true },
    ...{ displayName: '', helpText: '', phases: [phase], steps: [] },
  }
}

/** Adds the code and the redirect URI as variables, for parameters and bodies that use them. */
function scopeWithGrant(
  { connector, method, values, grant }: TokenRequestInput,
  options: MethodOptions,
): TemplateScope {
  const known = grant.kind === 'exchange' ? withoutResponseValues(values, method, options) : values
  const scope = new Map(oauthScope({ connector, method, values: known }))
  const fill = (key: string, value: string, secret: boolean) => {
    const secrecy = secret ? 'whole' : 'none'
    const entry: ScopedValue = scope.get(key) ?? { value: '', required: false, secrecy, label: key }
    scope.set(key, { ...entry, value, secrecy })
  }
  const redirectUri = redirectUriOf(grant)
  if (redirectUri) fill('dashboard_oauth_callback_url', redirectUri, false)
  if (grant.kind === 'code') {
    fill('oauth_authorised_code', grant.code, true)
    if (grant.codeVerifier !== null) fill('code_verifier', grant.codeVerifier, true)
  }
  return scope
}

/** An exchange starts without the values of earlier responses, such as session keys. */
function withoutResponseValues(
  values: VariableValues,
  { phases }: MethodDefinition,
  options: MethodOptions,
): VariableValues {
  const keys = new Set(keysFromResponses(phases, options.kept))
  return { ...values, stored: new Map([...(values.stored ?? [])].filter(([key]) => !keys.has(key))) }
}

function redirectUriOf(grant: GrantInput): string | undefined {
  return grant.kind === 'code' || grant.kind === 'refresh' ? grant.redirectUri : undefined
}

function contextOfGrant({ grant, context }: TokenRequestInput): TemplateContext {
  const redirectUri = redirectUriOf(grant)
  const reserved = { ...context.reserved, ...(redirectUri && { redirect_uri: redirectUri }) }
  if (grant.kind === 'code' || grant.kind === 'exchange') return { ...context, reserved }
  const { accessToken, refreshToken } = grant
  const tokens = {
    ...(refreshToken && { refresh_token: refreshToken }),
    ...(accessToken && { access_token: accessToken }),
  }
  return { ...context, reserved: { ...reserved, ...tokens } }
}

type Parts = {
  input: TokenRequestInput
  options: MethodOptions
  settings: TokenSettings
  parameters: readonly ParameterDefinition[]
  scope: TemplateScope
}

/** The fields of the grant and of the client, under the third party's names, in the query or the body. */
function credentialsOf(
  { input, options, settings, parameters, scope }: Parts,
  context: TemplateContext,
): Result<AppliedCredentials> {
  const { method, grant, step = 0 } = input
  const hasOwnBody = settings.body.trim() !== ''
  const grantOnly =
    step > 0 || hasOwnBody ? succeed<Field[]>([]) : grantFields({ type: method.type, options, grant, scope, context })
  if (!grantOnly.ok) return grantOnly
  const client = authenticateClient(settings.clientAuthentication, { options, scope, context })
  if (!client.ok) return client
  const fields = renameFields(options, [...grantOnly.value, ...(hasOwnBody ? [] : client.value.fields)], 'token')
  const own = parameters.filter(({ place }) => place === 'header').map(({ key }) => key.toLowerCase())
  return succeed({
    ...nothingApplied,
    ...placeFields(settings, fields, parameters),
    headers: client.value.headers.filter(([name]) => !own.includes(name.toLowerCase())),
    secrecy: 'whole',
  })
}

/**
 * A request without a body has the fields in its query; one with a body template has none. A parameter of the method
 * replaces the field or header of the same name, and removes it if the parameter renders to nothing.
 */
function placeFields(
  { bodyFormat }: TokenSettings,
  fields: Field[],
  parameters: readonly ParameterDefinition[],
): Partial<AppliedCredentials> {
  const given = parameters.filter(({ place }) => place === 'url' || place === 'body').map(({ key }) => key)
  const missing = fields.filter(([key]) => !given.includes(key))
  return bodyFormat === 'none' ? { queryPairs: missing } : { bodyParameters: missing }
}
