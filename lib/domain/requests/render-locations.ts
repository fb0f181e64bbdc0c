import { authenticationTypeDefinitions } from '../authentication/registry'
import type { AppliedCredentials } from '../authentication/types'
import { renderLevels, type RenderedParameter } from '../content/parameters'
import { succeed, type Result } from '../result'
import type { TemplateContext } from '../templates/template'
import type { UrlTemplate } from '../urls/url-template'
import type { BodyFormat, ParameterLocation } from '../vocabulary'
import type { RequestParts } from './request-parts'

export type RenderedParameters = Record<'query' | 'headers' | 'body' | 'cookies', RenderedParameter[]>

/** What the URL, the credentials, the signature and the body send replaces the connector's parameters of the same key. */
export function renderLocations(
  { parameters, scope, filters, bodyFormat, method, options }: RequestParts,
  context: TemplateContext,
  template: UrlTemplate,
  credentials: AppliedCredentials,
): Result<RenderedParameters> {
  const render = (location: ParameterLocation, given: readonly string[]) =>
    renderLevels(parameters, location, { scope, context, filters }, given)
  const signedKeys = authenticationTypeDefinitions[method.type].signedQueryKeys?.(options) ?? []
  const query = render('url', [...queryKeysOf(template), ...keysOf(credentials.queryPairs), ...signedKeys])
  if (!query.ok) return query
  const headers = render('header', [...keysOf(credentials.headers), ...headersOfBody(bodyFormat)])
  if (!headers.ok) return headers
  const body = render('body', keysOf(credentials.bodyParameters))
  if (!body.ok) return body
  const cookies = render('cookie', keysOf(credentials.cookies))
  if (!cookies.ok) return cookies
  return succeed({ query: query.value, headers: headers.value, body: body.value, cookies: cookies.value })
}

const keysOf = (pairs: readonly (readonly [key: string, value: string])[]) => pairs.map(([key]) => key)

/** The type of a form says how to read it (RFC 7578 §4.1: its boundary). Other bodies may have a more exact type. */
function headersOfBody(format: BodyFormat): string[] {
  return format === 'form' || format === 'multipart' ? ['Content-Type'] : []
}

/** The keys in the query of a URL template, without those that contain a variable. */
function queryKeysOf({ query }: UrlTemplate): string[] {
  const literal = query.flatMap(({ key: [part, ...others] }) =>
    part?.kind === 'text' && !others.length ? part.text : [],
  )
  return literal.flatMap((text) => [...new URLSearchParams(text).keys()])
}
