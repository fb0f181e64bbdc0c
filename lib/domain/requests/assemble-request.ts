import type { AppliedCredentials } from '../authentication/types'
import { originsOf } from '../origins'
import { matchesOrigin, originPatternsOf } from '../allowed-hosts'
import { renderBody } from '../bodies'
import type { ConnectorDefinition, EndpointDefinition, MethodDefinition, ParameterDefinition } from '../definitions'
import { checkHeader, mergeHeaders } from '../headers'
import { originPattern, type OriginTemplate } from '../origin-template'
import { renderParameters, type RenderedParameter } from '../parameters'
import { refuse, succeed, type Result } from '../result'
import type { TemplateContext, TemplateScope } from '../templates'
import { resolveUrlTemplate } from '../url-template'
import { renderUrl } from '../urls'
import { secretValuesOf } from '../variables'
import type { BodyFormat, HttpMethod, ParameterPlace } from '../vocabulary'
import type { BuiltRequest } from './types'

/** The one place where a request is put together: every request of the product, of whatever phase, comes from here. */

export type RequestParts = {
  connector: ConnectorDefinition
  method: MethodDefinition
  endpoint: EndpointDefinition | null
  httpMethod: HttpMethod
  /** Template, absolute or relative to the connector's base URL. */
  url: string
  bodyFormat: BodyFormat
  body: string
  /** Later ones win where two set the same header. */
  parameters: readonly ParameterDefinition[]
  filters?: ReadonlyMap<string, string>
  credentials: AppliedCredentials
  scope: TemplateScope
  /** Without what a shape gives: nothing in a flow decides to which host an instance's credentials go (rule R14). */
  hostScope?: TemplateScope
  context: TemplateContext
  /** Origins confirmed for this connector; null where the caller checks them itself. */
  confirmedOrigins: readonly string[] | null
}

export function assembleRequest(parts: RequestParts): Result<BuiltRequest> {
  const noticed: string[] = []
  const context: TemplateContext = { ...parts.context, onSecret: (text) => noticed.push(text) }
  const rendered = renderPlaces(parts, context)
  if (!rendered.ok) return rendered
  const { query, headers, body } = rendered.value
  const template = resolveUrlTemplate(parts.url, parts.connector.baseUrl)
  if (!template.ok) return template
  const queryPairs = [...query.map(({ key, value }) => [key, value] as const), ...parts.credentials.queryPairs]
  const url = renderUrl(template.value, {
    scope: parts.scope,
    hostScope: parts.hostScope,
    context,
    allowedHosts: parts.connector.allowedHosts,
    queryPairs,
  })
  if (!url.ok) return url
  const destination = checkDestination(template.value.origin, url.value.url, parts)
  if (!destination.ok) return destination
  const content = renderContent(parts, body, context)
  if (!content.ok) return content
  const type = content.value.contentType
  const typed: [string, string][] = type === null ? [] : [['Content-Type', type]]
  const allHeaders = mergeHeaders(
    typed,
    headers.map(({ key, value }): [string, string] => [key, value]),
    parts.credentials.headers,
  )
  const checked = checkHeaders(allHeaders)
  if (!checked.ok) return checked
  return succeed({
    request: { method: parts.httpMethod, url: url.value.url, headers: allHeaders, body: content.value.body },
    secrets: secretsOf(parts, noticed),
    credentialNames: credentialNames(parts.credentials, query, headers),
  })
}

type Rendered = Record<'query' | 'headers' | 'body', RenderedParameter[]>

function renderPlaces({ parameters, scope, filters }: RequestParts, context: TemplateContext): Result<Rendered> {
  const render = (place: ParameterPlace) => renderParameters(parameters, place, { scope, context, filters })
  const query = render('url')
  if (!query.ok) return query
  const headers = render('header')
  if (!headers.ok) return headers
  const body = render('body')
  return body.ok ? succeed({ query: query.value, headers: headers.value, body: body.value }) : body
}

function renderContent(parts: RequestParts, rendered: readonly RenderedParameter[], context: TemplateContext) {
  const parameters = [...rendered.map(({ key, value }): [string, string] => [key, value]), ...parts.credentials.bodyParameters]
  return renderBody({ format: parts.bodyFormat, template: parts.body, parameters, scope: parts.scope, context })
}

type Destination = Pick<RequestParts, 'connector' | 'method' | 'endpoint' | 'confirmedOrigins' | 'scope' | 'hostScope'>

/** Rule R14: nothing is sent to a host that the connector does not name, nor to one that nobody has confirmed yet. */
export function checkDestination(
  template: OriginTemplate | null,
  url: string,
  { connector, method, endpoint, confirmedOrigins, scope, hostScope = scope }: Destination,
): Result<null> {
  const { host } = new URL(url)
  const named = originsOf(connector, [method], endpoint ? [endpoint] : []).map((entry) => entry.origin)
  if (template === null || !matchesOrigin(url, named)) {
    return refuse('host_not_allowed', `The request would go to ${host}, which this connector does not name. Nothing was sent.`)
  }
  if (confirmedOrigins !== null && !isConfirmed(template, url, { allowedHosts: connector.allowedHosts, confirmed: confirmedOrigins, hostScope })) {
    return refuse(
      'origin_not_confirmed',
      `${originPattern(template)} is new in this connector. An administrator has to confirm it before credentials are sent there. Nothing was sent.`,
    )
  }
  return succeed(null)
}

type Confirmation = { allowedHosts: readonly string[]; confirmed: readonly string[]; hostScope: TemplateScope }

/** As the definition names it: an address that a confirmed pattern happens to cover has not been confirmed itself. */
function isConfirmed(template: OriginTemplate, url: string, { allowedHosts, confirmed, hostScope }: Confirmation): boolean {
  if (!confirmed.includes(originPattern(template))) return false
  if (!needsAllowedHost(template, hostScope)) return true
  return matchesOrigin(url, allowedHosts.flatMap(originPatternsOf).filter((pattern) => confirmed.includes(pattern)))
}

/** A whole address, and a label that a third party gave, lead to the allowed hosts alone, and to those that are confirmed. */
function needsAllowedHost(template: OriginTemplate, hostScope: TemplateScope): boolean {
  if (template.kind !== 'labels') return template.kind === 'variable'
  return template.labels.some((piece) => typeof piece !== 'string' && hostScope.get(piece.name)?.learned === true)
}

function checkHeaders(headers: readonly (readonly [string, string])[]): Result<null> {
  for (const [name, value] of headers) {
    const checked = checkHeader(name, value)
    if (!checked.ok) return checked
  }
  return succeed(null)
}

function secretsOf({ scope, context, credentials }: RequestParts, noticed: readonly string[]): string[] {
  const tokens = [context.reserved?.access_token ?? '', context.reserved?.refresh_token ?? '']
  const all = [...secretValuesOf(scope), ...tokens, ...credentials.secrets, ...noticed]
  return [...new Set(all)].filter((secret) => secret !== '')
}

function credentialNames(
  credentials: AppliedCredentials,
  query: readonly RenderedParameter[],
  headers: readonly RenderedParameter[],
): BuiltRequest['credentialNames'] {
  const secretKeys = (list: readonly RenderedParameter[]) => list.filter(({ secret }) => secret).map(({ key }) => key)
  return {
    headers: [...new Set([...credentials.headers.map(([name]) => name), ...secretKeys(headers)])],
    queryKeys: [...new Set([...credentials.queryPairs.map(([key]) => key), ...secretKeys(query)])],
  }
}
