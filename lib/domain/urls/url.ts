import { percentEncode } from '../encoding'
import { renderAddress } from './render-address'
import { isDotSegment } from './origin-template'
import { refuse, succeed, type Result } from '../result'
import { namesMissingValue, renderParts, type Encoder } from '../templates/render-template'
import type { TemplateContext, TemplatePart, TemplateScope } from '../templates/template'
import { urlLimits, type QueryTemplate, type UrlTemplate } from './url-template'

/** A URL with its values in, each encoded for its place: none can add a segment, a parameter or a host. */

export type RenderedUrl = { url: string; origin: string }

export type UrlInput = {
  scope: TemplateScope
  /** For the variables in the host, where they take their values from elsewhere. */
  hostScope?: TemplateScope
  context: TemplateContext
  /** The same, for the host. */
  hostContext?: TemplateContext
  allowedHosts: readonly string[]
  /** Added after the template's own query. */
  queryPairs?: readonly (readonly [key: string, value: string])[]
}

export function renderUrl(template: UrlTemplate, input: UrlInput): Result<RenderedUrl> {
  if (template.origin === null)
    return refuse('invalid_url', 'This URL is relative, and there is no base URL to put it under.')
  const address = renderAddress(
    template.origin,
    input.hostScope ?? input.scope,
    input.hostContext ?? input.context,
    input.allowedHosts,
  )
  if (!address.ok) return address
  const { origin, path: base } = address.value
  const path = renderPath(template.path, input)
  if (!path.ok) return path
  const query = renderQuery(template.query, input)
  if (!query.ok) return query
  const fragment = template.fragment ? renderEncoded(template.fragment, input) : succeed('')
  if (!fragment.ok) return fragment
  const pairs = [
    ...query.value,
    ...(input.queryPairs ?? []).map(([key, value]) => `${encodeQueryKey(key)}=${percentEncode(value)}`),
  ]
  const url = `${origin}${base}${path.value}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}${fragment.value === '' ? '' : `#${fragment.value}`}`
  return checkRendered(url, origin)
}

function checkRendered(url: string, origin: string): Result<RenderedUrl> {
  if (url.length > urlLimits.rendered) {
    return refuse(
      'invalid_url',
      `The URL becomes ${url.length} characters long once its values are in; at most ${urlLimits.rendered} can be sent.`,
    )
  }
  // The parser has the last word on where the request goes.
  if (!URL.canParse(url) || new URL(url).origin !== origin)
    return refuse('invalid_url', 'The URL cannot be read once its values are in.')
  return succeed({ url, origin })
}

const encodeValue: Encoder = (text, part) => {
  // url_encode as the last filter has done what is done here anyway; twice would be wrong.
  const done = part.kind === 'variable' && part.filters.at(-1)?.name === 'url_encode'
  return succeed(done ? text : percentEncode(text))
}

function renderEncoded(
  parts: readonly TemplatePart[],
  { scope, context }: UrlInput,
  encode: Encoder = encodeValue,
): Result<string> {
  return renderParts(parts.map(encodeText), scope, context, encode)
}

/** `/orders/[[payload.id]]` with an empty id would be another call altogether. */
const encodeSegmentValue: Encoder = (text, part) => {
  if (text === '' && part.kind === 'flow')
    return refuse('missing_value', `[[${part.reference}]] is empty, and the path of the URL cannot be made without it.`)
  return encodeValue(text, part)
}

/** The definition's own text stays as it is typed; only what cannot stand in a URL is encoded. */
function encodeText(part: TemplatePart): TemplatePart {
  return part.kind === 'text'
    ? { kind: 'text', text: part.text.replace(/[^\w\-.~!$&'()*+,;=:@/?%[\]]|%(?![0-9A-Fa-f]{2})/gu, percentEncode) }
    : part
}

function renderPath(segments: readonly TemplatePart[][], input: UrlInput): Result<string> {
  let path = ''
  for (const segment of segments) {
    const rendered = renderEncoded(segment, input, encodeSegmentValue)
    if (!rendered.ok) return rendered
    if (isDotSegment(rendered.value))
      return refuse('invalid_value', `A part of the path would be "${rendered.value}", which leads to another path.`)
    // An optional variable without value leaves its segment out (DATA §3).
    if (rendered.value !== '' || segment.length === 0) path += `/${rendered.value}`
  }
  return succeed(path)
}

function renderQuery(pairs: readonly QueryTemplate[], input: UrlInput): Result<string[]> {
  const rendered: string[] = []
  for (const { key, value } of pairs) {
    const missing = namesMissingValue([...key, ...(value ?? [])], input.scope, input.context)
    if (!missing.ok) return missing
    if (missing.value) continue
    const name = renderEncoded(key, input)
    if (!name.ok) return name
    const text = value === null ? null : renderEncoded(value, input)
    if (text && !text.ok) return text
    rendered.push(text === null ? name.value : `${name.value}=${text.value}`)
  }
  return succeed(rendered)
}

/** A parameter's name is sent exactly as typed: `filter[status]` stays. Only what would end the name is encoded. */
export function encodeQueryKey(key: string): string {
  return key.replace(/[^\w\-.~!$'()*,;:@/?%[\]]|%(?![0-9A-Fa-f]{2})/gu, percentEncode)
}

/**
 * The query with its pairs sorted by key and value, each percent-encoded (RFC 3986 §2.1): what signatures are computed
 * over. A `+` is a blank, as servers read it.
 */
export function canonicalQuery(url: string): string {
  return [...new URL(url).searchParams]
    .map(([key, value]) => [percentEncode(key), percentEncode(value)] as const)
    .sort(([one, first], [other, second]) => compare(one, other) || compare(first, second))
    .map(([key, value]) => `${key}=${value}`)
    .join('&')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
