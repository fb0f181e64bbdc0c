import { readMethodOptions, unusedVariablesOf } from '../authentication/method-options'
import type { ConnectorDefinition, MethodDefinition } from '../definitions'
import { parametersOfPhase, renderParameters } from '../parameters'
import { checkDestination } from '../requests/assemble-request'
import { refuse, succeed, type Result } from '../result'
import type { TemplateScope } from '../templates'
import { resolveUrlTemplate } from '../url-template'
import { renderUrl } from '../urls'
import { definitionsInForce, scopeOf, type VariableValues } from '../variables'

export type AuthorizeUrlInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  state: string
  redirectUri: string
  /** Null where the method has PKCE off. @see RFC 7636 §4.3 */
  pkce: { challenge: string; method: 'S256' | 'plain' } | null
  confirmedOrigins: readonly string[] | null
}

/** Parameters that tie the callback to this authorisation: a definition cannot replace them. */
const protectedKeys = ['state', 'redirect_uri', 'code_challenge', 'code_challenge_method']

/** Where the person is sent to grant access. @see RFC 6749 §4.1.1 */
export function buildAuthorizeUrl(input: AuthorizeUrlInput): Result<string> {
  const { connector, method } = input
  const phase = method.phases.find(({ kind }) => kind === 'authorise')
  if (!phase?.url)
    return refuse('invalid_url', `${method.name} has no Authorise URL. Enter it on the URLs tab of the authentication method.`)
  const options = readMethodOptions(method)
  if (!options.ok) return options
  const scope = oauthScope(input)
  let exposed = false
  const context = {
    onSecret: () => {
      exposed = true
    },
  }
  const extra = renderParameters(parametersOfPhase(method.parameters, 'authorise'), 'url', { scope, context })
  if (!extra.ok) return extra
  const template = resolveUrlTemplate(phase.url, connector.baseUrl)
  if (!template.ok) return template
  const own = template.value.query.map(({ key }) => key.map((part) => (part.kind === 'text' ? part.text : '')).join(''))
  const given = [...own, ...extra.value.map(({ key }) => key)]
  const taken = given.find((key) => protectedKeys.includes(key))
  if (taken) return refuse('invalid_input', `${taken} is filled for each authorisation and cannot be given by the method.`)
  const standard = standardParameters(input, scope, options.value.scopeSeparator)
  if (!standard.ok) return standard
  const queryPairs = [
    ...standard.value.filter(([key]) => !given.includes(key)),
    ...extra.value.map(({ key, value }) => [key, value] as const),
  ]
  const url = renderUrl(template.value, { scope, context, allowedHosts: connector.allowedHosts, queryPairs })
  if (!url.ok) return url
  if (exposed)
    return refuse('literal_secret', 'A secret variable cannot be part of the authorise request: it would be visible in the browser.')
  const { confirmedOrigins } = input
  const destination = checkDestination(template.value.origin, url.value.url, { connector, method, endpoint: null, scope, confirmedOrigins })
  return destination.ok ? succeed(url.value.url) : destination
}

function standardParameters(
  { state, redirectUri, pkce }: AuthorizeUrlInput,
  scope: TemplateScope,
  separator: string,
): Result<[string, string][]> {
  const clientId = requiredValue(scope, 'client_id')
  if (!clientId.ok) return clientId
  const scopes = joinScopes(scope.get('scope')?.value ?? '', separator)
  return succeed([
    ['response_type', scope.get('response_type_key')?.value || 'code'],
    ['client_id', clientId.value],
    ['redirect_uri', redirectUri],
    ...(scopes === '' ? [] : [['scope', scopes] as [string, string]]),
    ['state', state],
    ...(pkce === null
      ? []
      : ([
          ['code_challenge', pkce.challenge],
          ['code_challenge_method', pkce.method],
        ] as [string, string][])),
  ])
}

/** The variables of an OAuth method with their values. */
export function oauthScope({ connector, method, values }: Pick<AuthorizeUrlInput, 'connector' | 'method' | 'values'>): TemplateScope {
  return scopeOf(definitionsInForce({ connector, method }), values, unusedVariablesOf(method))
}

export function requiredValue(scope: TemplateScope, key: string): Result<string> {
  const entry = scope.get(key)
  if (entry && entry.value !== '') return succeed(entry.value)
  return refuse('missing_value', `${entry?.label ?? key} (${key}) has no value, and the request cannot be made without it.`)
}

/** Scopes are typed with spaces, or as they are sent; they are sent with the method's separator. */
export function joinScopes(typed: string, separator: string): string {
  const pieces = separator.trim() === '' ? [typed] : typed.split(separator)
  return pieces
    .flatMap((piece) => piece.split(/\s+/))
    .filter((piece) => piece !== '')
    .join(separator === '' ? ' ' : separator)
}

/**
 * The redirect URI of an authorisation: the variable's value, which must be one of this installation's (DATA §4), or
 * the one of the address it is begun on.
 */
export function chooseRedirectUri(scope: TemplateScope, publicRedirectUris: readonly string[], begunOn: string): Result<string> {
  const chosen = scope.get('dashboard_oauth_callback_url')?.value ?? ''
  if (chosen === '') return succeed(begunOn)
  if (publicRedirectUris.includes(chosen)) return succeed(chosen)
  return refuse(
    'invalid_value',
    `Dashboard OAuth Callback URL must be one of this installation's redirect URIs: ${publicRedirectUris.join(', ')}.`,
  )
}
