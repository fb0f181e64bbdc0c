import { withDerivedValues } from '../authentication/derived-values'
import { authenticationTypeDefinitions } from '../authentication/registry'
import type { AppliedCredentials, SignedRequest } from '../authentication/types'
import type { OutboundRequest } from '../http-messages'
import { checkHeaders, mergeHeaders } from '../content/headers'
import { withCookies } from '../content/cookies'
import type { RenderedParameter } from '../content/parameters'
import { succeed, type Result } from '../result'
import { strongest, type Secrecy } from '../secrecy'
import { SecretBook } from '../secret-book'
import type { TemplateContext } from '../templates/template'
import { resolveUrlTemplate, type UrlTemplate } from '../urls/url-template'
import { canonicalQuery, renderUrl } from '../urls/url'
import { addSecretsOf } from '../variables/resolve-variables'
import { checkDestination } from './check-destination'
import { bodyOfPage, headersOfPage, pageAddress, urlOfPage } from './page-of-request'
import { renderContent } from './render-content'
import { renderLocations } from './render-locations'
import type { RequestParts } from './request-parts'
import type { BuiltRequest, RequestSecrecy } from './types'

/** Assembles every request of the product, for all phases. */

/**
 * Works in three steps: the address, the content, the signature. Each step can use the results of earlier ones:
 * `{{ request_url }}` is available in computed values and credentials, `{{ request_body }}` only in a signature.
 */
export function assembleRequest(parts: RequestParts): Result<BuiltRequest> {
  const { secrets = new SecretBook() } = parts.context
  addGivenSecrets(parts, secrets)
  const target = renderTarget(parts, { ...parts.context, secrets })
  if (!target.ok) return target
  const filled = fillRequest(parts, target.value)
  if (!filled.ok) return filled
  const signed = signRequest(parts, target.value.context, filled.value.request)
  if (!signed.ok) return signed
  const { credentialNames: names, secrecy } = filled.value
  return succeed({
    request: signed.value.request,
    secrets,
    credentialNames: {
      headers: [...new Set([...names.headers, ...signed.value.credentialNames.headers])],
      queryKeys: [...new Set([...names.queryKeys, ...signed.value.credentialNames.queryKeys])],
    },
    secrecy,
  })
}

/**
 * The address of the request: origin and path. Nothing else is rendered.
 * @returns `secrets`: those that the path may contain, to redact where it is stored
 */
export function assembleAddress(parts: RequestParts): Result<{ address: string; secrets: SecretBook }> {
  const { secrets = new SecretBook() } = parts.context
  addGivenSecrets(parts, secrets)
  const target = renderTarget(parts, { ...parts.context, secrets })
  return target.ok ? succeed({ address: target.value.address, secrets }) : target
}

type Target = {
  template: UrlTemplate
  /** The URL of the next page, if a response named it. */
  named: URL | null
  address: string
  context: TemplateContext
}

/** Renders the address without parameters, and makes its parts available to computed values. */
function renderTarget(parts: RequestParts, context: TemplateContext): Result<Target> {
  const { connector, options, scope, hostScope, methodScope = scope } = parts
  const template = resolveUrlTemplate(parts.url, options.baseUrl || connector.baseUrl)
  if (!template.ok) return template
  // The path may use computed values, except those that need the address.
  const early = withDerivedValues(options, methodScope, context)
  const url = renderUrl(
    { ...template.value, query: [], fragment: null },
    { scope, hostScope, context: early, allowedHosts: connector.allowedHosts },
  )
  if (!url.ok) return url
  const own = new URL(url.value.url)
  const named = pageAddress(own.origin + own.pathname, parts)
  if (!named.ok) return named
  const { origin, host, pathname } = named.value ?? own
  const address = origin + pathname
  const request = {
    request_method: parts.httpMethod,
    request_url: address,
    request_host: host,
    request_path: pathname,
  }
  const known: TemplateContext = { ...context, reserved: { ...context.reserved, ...request } }
  return succeed({
    ...{ template: template.value, named: named.value, address },
    context: withDerivedValues(options, methodScope, known),
  })
}

type Filled = Pick<BuiltRequest, 'request' | 'credentialNames' | 'secrecy'>

function fillRequest(parts: RequestParts, { template, named, context }: Target): Result<Filled> {
  const applied = parts.credentials(context)
  if (!applied.ok) return applied
  const credentials = applied.value
  const rendered = renderLocations(parts, context, template, credentials)
  if (!rendered.ok) return rendered
  const { query, headers, body, cookies } = rendered.value
  const { scope, hostScope, connector } = parts
  const queryPairs = [...query.map(({ key, value }) => [key, value] as const), ...credentials.queryPairs]
  const url = renderUrl(template, {
    scope,
    hostScope,
    context,
    allowedHosts: connector.allowedHosts,
    queryPairs,
  })
  if (!url.ok) return url
  const destination = checkDestination(template.origin, url.value.url, { ...parts, context })
  if (!destination.ok) return destination
  const defined = renderContent(parts, body, credentials, context)
  if (!defined.ok) return defined
  const content = bodyOfPage(parts, defined.value)
  if (!content.ok) return content
  const type = content.value.contentType
  const typed: [string, string][] = type === null ? [] : [['Content-Type', type]]
  const given = mergeHeaders(
    parts.content?.headers ?? [],
    typed,
    headers.map(({ key, value }): [string, string] => [key, value]),
    parts.content?.body?.headers ?? [],
    headersOfPage(parts),
    credentials.headers,
  )
  const ownCookies = cookies.map(({ key, value }): [string, string] => [key, value])
  const allHeaders = withCookies(given, [...ownCookies, ...credentials.cookies])
  const checked = checkHeaders(allHeaders)
  if (!checked.ok) return checked
  const asked = urlOfPage(url.value.url, named, parts, query, credentials.queryPairs)
  const request = { method: parts.httpMethod, url: asked, headers: allHeaders, body: content.value.body }
  const secrecy: RequestSecrecy = {
    address: url.value.addressSecrecy,
    url: url.value.secrecy,
    named: secrecyOf([...query, ...headers, ...cookies, credentials]),
    body: secrecyOf([content.value, ...body, ...(credentials.bodyParameters.length > 0 ? [credentials] : [])]),
  }
  return succeed({ request, credentialNames: credentialNames(credentials, query, headers), secrecy })
}

function secrecyOf(parts: readonly { secrecy: Secrecy }[]): Secrecy {
  return parts.reduce<Secrecy>((one, { secrecy }) => strongest(one, secrecy), 'none')
}

const unsigned = { credentialNames: { headers: [], queryKeys: [] } }

function signRequest(parts: RequestParts, context: TemplateContext, request: OutboundRequest): Result<SignedRequest> {
  const { sign } = authenticationTypeDefinitions[parts.method.type]
  if (!sign || parts.unsigned) return succeed({ ...unsigned, request })
  const { options, scope, methodScope = scope } = parts
  const finished = contextOfFinished(request, context)
  return sign({ request, options, scope: methodScope, context: withDerivedValues(options, methodScope, finished) })
}

/** Adds the values that only a signature can use: the query in canonical order, and the body. */
export function contextOfFinished(request: OutboundRequest, context: TemplateContext): TemplateContext {
  const { body } = request
  const request_body = body === null ? '' : typeof body === 'string' ? body : new TextDecoder().decode(body)
  return { ...context, reserved: { ...context.reserved, request_query: canonicalQuery(request.url), request_body } }
}

/** Adds all secrets in scope, even unused ones, because the response may contain any of them. */
function addGivenSecrets({ scope, context }: RequestParts, secrets: SecretBook): void {
  addSecretsOf(scope, secrets)
  secrets.addWhole(context.reserved?.access_token)
  secrets.addWhole(context.reserved?.refresh_token)
  for (const value of context.steps?.values() ?? []) secrets.addWhole(value)
}

function credentialNames(
  credentials: AppliedCredentials,
  query: readonly RenderedParameter[],
  headers: readonly RenderedParameter[],
): BuiltRequest['credentialNames'] {
  const secretKeys = (list: readonly RenderedParameter[]) =>
    list.filter(({ secrecy }) => secrecy !== 'none').map(({ key }) => key)
  return {
    headers: [...new Set([...credentials.headers.map(([name]) => name), ...secretKeys(headers)])],
    queryKeys: [...new Set([...credentials.queryPairs.map(([key]) => key), ...secretKeys(query)])],
  }
}
