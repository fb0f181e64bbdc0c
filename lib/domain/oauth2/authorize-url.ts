import type { ConfirmedOrigins } from '../requests/check-destination'
import { withDerivedValues } from '../authentication/derived-values'
import { unusedVariablesOf } from '../authentication/unused-variables'
import type { MethodOptions } from '../method-options/options-schema'
import type { ConnectorDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { percentEncode } from '../encoding'
import { parametersOfPhase, renderParameters } from '../content/parameters'
import { checkDestination } from '../requests/check-destination'
import { refuse, succeed, type Result } from '../result'
import { strongest, type Rendered, type Secrecy } from '../secrecy'
import type { TemplateContext, TemplateScope } from '../templates/template'
import { resolveUrlTemplate, urlLimits, type UrlTemplate } from '../urls/url-template'
import { encodeQueryKey, renderUrl } from '../urls/url'
import { effectiveDefinitions, scopeOf, type VariableValues } from '../variables/resolve-variables'
import { renameFields, sentName } from '../method-options/parameter-names'
import { joinScopes } from './scopes'

export type AuthorizeUrlInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  state: string
  redirectUri: string
  /** Null if PKCE is off. @see RFC 7636 §4.3 */
  pkce: { challenge: string; method: 'S256' | 'plain' } | null
  context?: TemplateContext
  confirmedOrigins: ConfirmedOrigins
}

/** Parameters that bind the callback to this authorisation. A definition cannot replace them. */
const protectedKeys = ['state', 'redirect_uri', 'code_challenge', 'code_challenge_method']

/** The URL to which the person is sent to grant access. @see RFC 6749 §4.1.1 */
export function buildAuthorizeUrl(input: AuthorizeUrlInput): Result<string> {
  const { connector, method, redirectUri } = input
  const phase = method.phases.find(({ kind }) => kind === 'authorise')
  if (!phase?.url)
    return refuse(
      'invalid_url',
      `${method.name} has no Authorise URL. Enter it on the URLs tab of the authentication method.`,
    )
  const { options } = method
  const template = resolveUrlTemplate(phase.url, options.baseUrl || connector.baseUrl)
  if (!template.ok) return template
  const scope = oauthScope(input)
  const given: TemplateContext = {
    ...input.context,
    reserved: { ...input.context?.reserved, redirect_uri: redirectUri },
  }
  const context = withDerivedValues(options, scope, given)
  const parts = { input, options, template: template.value, scope, context }
  const pairs = parametersOf(parts)
  if (!pairs.ok) return pairs
  const url = writeUrl(parts, pairs.value)
  if (!url.ok) return url
  if (url.value.secrecy !== 'none')
    return refuse(
      'literal_secret',
      'A secret variable cannot be part of the authorise request: it would be visible in the browser.',
    )
  const { confirmedOrigins } = input
  const destination = checkDestination(template.value.origin, url.value.text, {
    connector,
    method,
    endpoint: null,
    scope,
    context,
    confirmedOrigins,
  })
  return destination.ok ? succeed(url.value.text) : destination
}

type Parts = {
  input: AuthorizeUrlInput
  options: MethodOptions
  template: UrlTemplate
  scope: TemplateScope
  context: TemplateContext
}

type Pair = readonly [key: string, value: string]
type Pairs = { pairs: Pair[]; secrecy: Secrecy }

/** The standard parameters, under the names that the third party uses, and those of the method. */
function parametersOf({ input, options, template, scope, context }: Parts): Result<Pairs> {
  const extra = renderParameters(parametersOfPhase(input.method.parameters, 'authorise'), 'url', { scope, context })
  if (!extra.ok) return extra
  const own = template.query.map(({ key }) => key.map((part) => (part.kind === 'text' ? part.text : '')).join(''))
  const given = [...own, ...extra.value.map(({ key }) => key)]
  const taken = protectedKeys
    .map((key) => sentName(options, key, 'authorise'))
    .find((name) => name !== null && given.includes(name))
  if (taken)
    return refuse(
      'invalid_input',
      `Patchbay sets ${taken} for each authorisation. Remove this parameter from the authentication method.`,
    )
  if (sentName(options, 'state', 'authorise') === null)
    return refuse(
      'invalid_input',
      'The parameter state cannot be left out: it identifies the authorisation when the person returns.',
    )
  const standard = standardParameters(input, options, scope, given)
  if (!standard.ok) return standard
  const missing = renameFields(options, standard.value, 'authorise').filter(([key]) => !given.includes(key))
  return succeed({
    pairs: [...missing, ...extra.value.map(({ key, value }) => [key, value] as const)],
    secrecy: extra.value.map(({ secrecy }) => secrecy).reduce(strongest, 'none'),
  })
}

/** Empty parameters are left out. @see RFC 6749 §4.1.1, RFC 7636 §4.3 */
function standardParameters(
  { state, redirectUri, pkce }: AuthorizeUrlInput,
  options: MethodOptions,
  scope: TemplateScope,
  given: readonly string[],
): Result<[string, string][]> {
  const name = sentName(options, 'client_id', 'authorise')
  const clientId = name === null || given.includes(name) ? succeed('') : requiredValue(scope, 'client_id')
  if (!clientId.ok) return clientId
  const all: [string, string][] = [
    ['response_type', scope.get('response_type_key')?.value || 'code'],
    ['client_id', clientId.value],
    ['redirect_uri', redirectUri],
    ['scope', joinScopes(scope.get('scope')?.value ?? '', options.scopeSeparator)],
    ['state', state],
    ['code_challenge', pkce?.challenge ?? ''],
    ['code_challenge_method', pkce?.method ?? ''],
  ]
  return succeed(all.filter(([, value]) => value !== ''))
}

/**
 * Values to be sent as typed follow the others, in front of the fragment. If the fragment is a route of a single-page
 * app (`#/oauth/authorize`), all parameters go into the fragment, where the app reads them.
 */
function writeUrl({ input, options, template, scope, context }: Parts, { pairs, secrecy }: Pairs): Result<Rendered> {
  const asTyped = new Set(
    options.unencodedParameters.flatMap((name) => [name, sentName(options, name, 'authorise') ?? name]),
  )
  const inRoute = isRoute(template.fragment)
  const queryPairs = pairs.filter(([key]) => !asTyped.has(key) && !inRoute)
  const url = renderUrl(template, { scope, context, allowedHosts: input.connector.allowedHosts, queryPairs })
  if (!url.ok) return url
  const further = pairs
    .filter((pair) => !queryPairs.includes(pair))
    .map(
      ([key, value]) =>
        `${encodeQueryKey(key)}=${asTyped.has(key) ? keepQueryCharacters(value) : percentEncode(value)}`,
    )
  const [address = '', fragment] = url.value.url.split('#')
  const whole = inRoute
    ? `${address}#${withQuery(fragment ?? '', further)}`
    : [withQuery(address, further), ...(fragment === undefined ? [] : [fragment])].join('#')
  if (whole.length > urlLimits.rendered)
    return refuse('invalid_url', 'The authorise URL is too long with its values. Shorten the values or the scopes.')
  return succeed({ text: whole, secrecy: [url.value.addressSecrecy, url.value.secrecy].reduce(strongest, secrecy) })
}

function isRoute(fragment: UrlTemplate['fragment']): boolean {
  const [first] = fragment ?? []
  return first?.kind === 'text' && /^!?\//.test(first.text)
}

function withQuery(address: string, pairs: readonly string[]): string {
  return pairs.length === 0 ? address : `${address}${address.includes('?') ? '&' : '?'}${pairs.join('&')}`
}

/** Encodes only what is not allowed in a query or would end the value. @see RFC 3986 §3.4 */
function keepQueryCharacters(text: string): string {
  return text.replace(/[^\w\-.~!$'()*+,;=:@/?%]|%(?![0-9A-Fa-f]{2})/gu, percentEncode)
}

/** The variables of a method, with their values. */
export function oauthScope({
  connector,
  method,
  values,
}: Pick<AuthorizeUrlInput, 'connector' | 'method' | 'values'>): TemplateScope {
  return scopeOf(effectiveDefinitions({ connector, method }), values, unusedVariablesOf(method))
}

/** The value of a variable that the protocol requires. */
export function requiredValue(scope: TemplateScope, key: string): Result<string> {
  const entry = scope.get(key)
  if (entry && entry.value !== '') return succeed(entry.value)
  return refuse('missing_value', `${entry?.label ?? key} (${key}) has no value, but the request needs one.`)
}

/**
 * The redirect URI of an authorisation: the value of the variable, which must be a redirect URI of this installation
 * (DATA §4), or the one of the address where the authorisation starts.
 */
export function chooseRedirectUri(
  scope: TemplateScope,
  publicRedirectUris: readonly string[],
  startedOn: string,
): Result<string> {
  const chosen = scope.get('dashboard_oauth_callback_url')?.value ?? ''
  if (chosen === '') return succeed(startedOn)
  if (publicRedirectUris.includes(chosen)) return succeed(chosen)
  return refuse(
    'invalid_value',
    `“Dashboard OAuth Callback URL” must be one of this installation’s redirect URIs: ${publicRedirectUris.join(', ')}.`,
  )
}
