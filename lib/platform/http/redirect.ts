import type { OutboundRequest } from '@/lib/domain/http-messages'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import { createSecretSearch } from '@/lib/domain/secret-search'
import { checkUrl } from './request-checks'

/** Decides which request follows a redirect. Pure: it sends nothing. */

export const mostRedirects = 5

export type Hop = Omit<OutboundRequest, 'url'> & { url: URL }

export type CredentialNames = { headers: readonly string[]; queryKeys: readonly string[] }

/** True if requests to the origin are allowed; false, or a refusal with its own message, if not. */
export type AllowedOrigin = (url: URL) => boolean | Refusal

export type RedirectRules = {
  credentialNames: CredentialNames
  secrets: KnownSecrets
  allowedOrigin: AllowedOrigin
}

const alwaysCredentials = ['authorization', 'cookie', 'proxy-authorization']
const aboutTheBody = new Set([
  ...['content-type', 'content-encoding', 'content-language', 'content-location', 'content-disposition'],
  ...['digest', 'content-digest'],
])

export function redirectTarget(status: number, headers: readonly [string, string][]): string | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null
  return headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? null
}

/**
 * Whether the request that follows is a GET without a body: 303 changes the method to GET; 301 and 302 change POST to
 * GET, as all clients do.
 * @see RFC 9110 §15.4
 */
export function isRewritten({ method }: Pick<Hop, 'method'>, status: number): boolean {
  return (status === 303 && method !== 'HEAD' && method !== 'GET') || (status < 303 && method === 'POST')
}

function withoutBodyWhereRewritten(hop: Hop, status: number): Hop {
  if (!isRewritten(hop, status)) return hop
  return {
    ...hop,
    method: 'GET',
    body: null,
    headers: hop.headers.filter(([name]) => !aboutTheBody.has(name.toLowerCase())),
  }
}

/** Finds secrets in any encoding. Short secrets are removed only by their names. */
type HasSecret = (text: string) => boolean

/** Removes all credentials: by name, and by value if they are in other headers. */
function strippedHeaders(hop: Hop, rules: RedirectRules, hasSecret: HasSecret): Hop['headers'] {
  const names = new Set([...alwaysCredentials, ...rules.credentialNames.headers.map((name) => name.toLowerCase())])
  return hop.headers.filter(([name, value]) => !names.has(name.toLowerCase()) && !hasSecret(value))
}

function strippedQuery(url: URL, rules: RedirectRules, hasSecret: HasSecret): URL {
  const keys = new Set(rules.credentialNames.queryKeys)
  const stripped = new URL(url)
  for (const [key, value] of url.searchParams) if (keys.has(key) || hasSecret(value)) stripped.searchParams.delete(key)
  return stripped
}

function toForeignOrigin(hop: Hop, url: URL, rules: RedirectRules): Result<Hop> {
  if (hop.body !== null) {
    return refuse(
      'host_not_allowed',
      `The response redirects to ${url.origin}, where the body would be sent again. A body may contain credentials, so it is not sent to another host. Use the new address in the definition.`,
    )
  }
  const find = createSecretSearch(rules.secrets.texts())
  const hasSecret: HasSecret = (text) => find(text).length > 0
  if (hasSecret(url.pathname)) {
    return refuse(
      'host_not_allowed',
      `The response redirects to ${url.origin} with a credential in the path. The redirect was not followed.`,
    )
  }
  return succeed({
    ...hop,
    headers: strippedHeaders(hop, rules, hasSecret),
    url: strippedQuery(url, rules, hasSecret),
  })
}

function targetUrl(current: URL, location: string): Result<URL> {
  if (!URL.canParse(location, current))
    return refuse('invalid_answer', `${current.host} redirects to an invalid address.`)
  const target = new URL(location, current)
  target.username = ''
  target.password = ''
  const checked = checkUrl(target.href)
  return checked.ok
    ? checked
    : refuse(
        'invalid_answer',
        `${current.host} redirects to an address that begins with ${target.protocol}; only http: and https: are followed.`,
      )
}

/** Whether the caller allows requests to the origin; `false` becomes a general refusal. */
export function checkOrigin(url: URL, allowedOrigin: AllowedOrigin): Result<URL> {
  const permitted = allowedOrigin(url)
  if (permitted === true) return succeed(url)
  if (permitted !== false) return { ok: false, error: permitted }
  return refuse(
    'host_not_allowed',
    `Nothing was sent to ${url.origin}, which is not a host of the connector. Credentials are sent only to hosts of the connector’s own URLs.`,
  )
}

export function nextHop(hop: Hop, status: number, location: string, rules: RedirectRules): Result<Hop> {
  const target = targetUrl(hop.url, location)
  if (!target.ok) return target
  const permitted = checkOrigin(target.value, rules.allowedOrigin)
  if (!permitted.ok) return permitted
  const rewritten = withoutBodyWhereRewritten(hop, status)
  if (target.value.origin === hop.url.origin) return succeed({ ...rewritten, url: target.value })
  return toForeignOrigin(rewritten, target.value, rules)
}
