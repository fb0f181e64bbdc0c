import { percentEncode } from '../encoding'
import { renderAddress } from './render-address'
import { isDotSegment } from './origin-template'
import { refuse, succeed, type Result } from '../result'
import { plain, strongest, type Rendered, type Secrecy } from '../secrecy'
import { namesMissingValue } from '../templates/render-output'
import { renderParts, type Encoder } from '../templates/render-template'
import type { TemplateContext, TemplatePart, TemplateScope } from '../templates/template'
import { urlLimits, type QueryTemplate, type UrlTemplate } from './url-template'

/** Renders a URL with its values, each encoded for its location: a value cannot add a segment, a parameter or a host. */

export type RenderedUrl = {
  url: string
  origin: string
  /** The secrecy of the host, and of a path that comes from a URL variable. */
  addressSecrecy: Secrecy
  /** The secrecy of the template's path, query and fragment. Added pairs have their own. */
  secrecy: Secrecy
}

export type UrlInput = {
  scope: TemplateScope
  /** The scope for variables in the host, if it differs. */
  hostScope?: TemplateScope
  context: TemplateContext
  allowedHosts: readonly string[]
  /** Added after the template's own query. */
  queryPairs?: readonly (readonly [key: string, value: string])[]
}

export function renderUrl(template: UrlTemplate, input: UrlInput): Result<RenderedUrl> {
  if (template.origin === null) return refuse('invalid_url', 'This URL is relative, but there is no base URL.')
  const { scope, hostScope = scope, context, allowedHosts } = input
  const address = renderAddress(template.origin, hostScope, context, allowedHosts)
  if (!address.ok) return address
  const { origin, path: base, secrecy: addressSecrecy } = address.value
  const path = renderPath(template.path, input)
  if (!path.ok) return path
  const query = renderQuery(template.query, input)
  if (!query.ok) return query
  const fragment = template.fragment ? renderEncoded(template.fragment, input) : succeed(plain(''))
  if (!fragment.ok) return fragment
  const pairs = [
    ...query.value.pairs,
    ...(input.queryPairs ?? []).map(([key, value]) => `${encodeQueryKey(key)}=${percentEncode(value)}`),
  ]
  const ending = fragment.value.text === '' ? '' : `#${fragment.value.text}`
  const url = `${origin}${base}${path.value.text}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}${ending}`
  const checked = checkRendered(url, origin)
  if (!checked.ok) return checked
  const secrecy = [path.value.secrecy, query.value.secrecy, fragment.value.secrecy].reduce(strongest)
  return succeed({ url, origin, addressSecrecy, secrecy })
}

function checkRendered(url: string, origin: string): Result<null> {
  if (url.length > urlLimits.rendered) {
    return refuse(
      'invalid_url',
      `With its values, the URL has ${url.length} characters; at most ${urlLimits.rendered} can be sent.`,
    )
  }
  // The parser decides where the request actually goes.
  if (!URL.canParse(url) || new URL(url).origin !== origin)
    return refuse('invalid_url', 'With its values, the URL is not valid.')
  return succeed(null)
}

const encodeValue: Encoder = (text, part) => {
  // If url_encode is the last filter, the value is encoded already.
  const isEncoded = part.kind === 'variable' && part.filters.at(-1)?.name === 'url_encode'
  return succeed(isEncoded ? text : percentEncode(text))
}

function renderEncoded(
  parts: readonly TemplatePart[],
  { scope, context }: UrlInput,
  encode: Encoder = encodeValue,
): Result<Rendered> {
  return renderParts(parts.map(encodeText), scope, context, encode)
}

/** `/orders/[[payload.id]]` with an empty ID would be a different call. */
const encodeSegmentValue: Encoder = (text, part) => {
  if (text === '' && part.kind === 'flow')
    return refuse('missing_value', `[[${part.reference}]] is empty, but the path of the URL needs it.`)
  return encodeValue(text, part)
}

/** Text of the definition stays as it is typed; only what is not allowed in a URL is encoded. */
function encodeText(part: TemplatePart): TemplatePart {
  return part.kind === 'text'
    ? { kind: 'text', text: part.text.replace(/[^\w\-.~!$&'()*+,;=:@/?%[\]]|%(?![0-9A-Fa-f]{2})/gu, percentEncode) }
    : part
}

function renderPath(segments: readonly TemplatePart[][], input: UrlInput): Result<Rendered> {
  let path = ''
  let secrecy: Secrecy = 'none'
  for (const segment of segments) {
    const rendered = renderEncoded(segment, input, encodeSegmentValue)
    if (!rendered.ok) return rendered
    const { text } = rendered.value
    if (isDotSegment(text))
      return refuse('invalid_value', `A part of the path would be “${text}”, which leads to a different path.`)
    // A segment of an optional variable without a value is left out (DATA §3).
    if (text !== '' || segment.length === 0) path += `/${text}`
    secrecy = strongest(secrecy, rendered.value.secrecy)
  }
  return succeed({ text: path, secrecy })
}

type RenderedQuery = { pairs: string[]; secrecy: Secrecy }

function renderQuery(templates: readonly QueryTemplate[], input: UrlInput): Result<RenderedQuery> {
  const pairs: string[] = []
  let secrecy: Secrecy = 'none'
  for (const { key, value } of templates) {
    const missing = namesMissingValue([...key, ...(value ?? [])], input.scope, input.context)
    if (!missing.ok) return missing
    if (missing.value) continue
    const name = renderEncoded(key, input)
    if (!name.ok) return name
    const text = renderEncoded(value ?? [], input)
    if (!text.ok) return text
    pairs.push(value === null ? name.value.text : `${name.value.text}=${text.value.text}`)
    secrecy = [name.value.secrecy, text.value.secrecy].reduce(strongest, secrecy)
  }
  return succeed({ pairs, secrecy })
}

/** The name of a parameter is sent as typed, such as `filter[status]`. Only what would end the name is encoded. */
export function encodeQueryKey(key: string): string {
  return key.replace(/[^\w\-.~!$'()*,;:@/?%[\]]|%(?![0-9A-Fa-f]{2})/gu, percentEncode)
}

/**
 * The query for signatures: percent-encoded pairs (RFC 3986 §2.1), sorted by key and value. A `+` means a space, as
 * servers read it.
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
