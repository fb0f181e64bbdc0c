import { formEncodePairs, percentEncode } from '../encoding'
import type { RenderedBody } from '../content/bodies'
import type { RenderedParameter } from '../content/parameters'
import { withValueAt } from '../pagination/body-path'
import { noChange, type PageChange } from '../pagination/page-change'
import { refuse, succeed, type Result } from '../result'
import { matchesOrigin, originPatternsOf } from '../urls/allowed-hosts'
import { encodeQueryKey } from '../urls/url'
import { urlLimits } from '../urls/url-template'
import { originsUnchecked } from './check-destination'
import type { RequestParts } from './request-parts'

/** What the request of a page sends instead of, or in addition to, what the endpoint defines (RUNS §5). */

export const pageOf = ({ page = noChange }: Pick<RequestParts, 'page'>): PageChange => page

/**
 * The URL of the next page, which a response named; null if the page is asked for in another way. It is data of the
 * third party: it may lead only to the host of the endpoint, or to allowed hosts that are confirmed (rule R14, DATA §6).
 * @param address the endpoint's own URL without its query
 */
export function pageAddress(address: string, parts: RequestParts): Result<URL | null> {
  const page = pageOf(parts)
  if (page.kind !== 'address') return succeed(null)
  const url = URL.canParse(page.url, address) ? new URL(page.url, address) : null
  if (url === null || page.url.length > urlLimits.rendered || url.username !== '' || url.password !== '')
    return refuse('invalid_url', 'The response names a next page whose URL cannot be used. Nothing was sent.')
  if (url.origin === new URL(address).origin || matchesOrigin(url, confirmedHosts(parts))) return succeed(url)
  return refuse(
    'host_not_allowed',
    `The response names a next page at ${url.host}, which is not a host of ${parts.connector.name}. Nothing was sent. If the host belongs to the API, add it to the connector’s allowed hosts.`,
  )
}

function confirmedHosts({ connector, confirmedOrigins }: RequestParts): string[] {
  const patterns = connector.allowedHosts.flatMap(originPatternsOf)
  return confirmedOrigins === originsUnchecked
    ? patterns
    : patterns.filter((pattern) => confirmedOrigins.includes(pattern))
}

type Pair = readonly [key: string, value: string]

/**
 * The URL of the request of a page. A URL that the response named already contains what the endpoint sends, but it may
 * lack what the method and the connector send, and it never decides about credentials.
 */
export function urlOfPage(
  url: string,
  named: URL | null,
  parts: RequestParts,
  query: readonly RenderedParameter[],
  credentials: readonly Pair[],
): string {
  const page = pageOf(parts)
  if (named) {
    const ofEndpoint = new Set(parts.parameters.endpoint.filter(({ place }) => place === 'url').map(({ key }) => key))
    const missing = query.filter(({ key }) => !ofEndpoint.has(key) && !named.searchParams.has(key))
    const pairs = [...missing.map(({ key, value }): Pair => [key, value]), ...credentials]
    return pairs.reduce((known, pair) => withQueryPair(known, pair), named.href)
  }
  return page.kind === 'parameter' && page.place === 'url' ? withQueryPair(url, [page.key, page.value]) : url
}

/** The URL with a parameter instead of those with the same key. The others stay as they are written. */
function withQueryPair(url: string, [key, value]: Pair): string {
  const [, address = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? []
  const others = (query ?? '').split('&').filter((pair) => pair !== '' && nameOf(pair) !== key)
  return `${address}?${[...others, `${encodeQueryKey(key)}=${percentEncode(value)}`].join('&')}${fragment}`
}

function nameOf(pair: string): string {
  return [...new URLSearchParams(pair).keys()][0] ?? ''
}

export function headersOfPage(parts: RequestParts): [name: string, value: string][] {
  const page = pageOf(parts)
  return page.kind === 'parameter' && page.place === 'header' ? [[page.key, page.value]] : []
}

/** The body with the page in it: at a path of a JSON body, or as a pair of a form. */
export function bodyOfPage(parts: RequestParts, content: RenderedBody): Result<RenderedBody> {
  const page = pageOf(parts)
  if (page.kind !== 'body') return succeed(content)
  const text = typeof content.body === 'string' ? content.body : ''
  if (parts.bodyFormat === 'form') {
    const others = [...new URLSearchParams(text)].filter(([key]) => key !== page.path)
    return succeed({ ...content, body: formEncodePairs([...others, [page.path, String(page.value)]]) })
  }
  const body = withValueAt(text, page.path, page.value)
  return body.ok ? succeed({ ...content, body: body.value, contentType: 'application/json' }) : body
}
