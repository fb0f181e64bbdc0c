import type { OutboundRequest } from '@/lib/domain/http-messages'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import { createSecretSearch } from '@/lib/domain/secret-search'
import { checkUrl } from './request-checks'

/** Which request follows an answer that redirects. Pure; sending it is another matter. */

export const mostRedirects = 5

export type Hop = Omit<OutboundRequest, 'url'> & { url: URL }

export type CredentialNames = { headers: readonly string[]; queryKeys: readonly string[] }

/** True or nothing to object: the origin may be sent to. A refusal says why not in its own words. */
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
 * 303 asks for the outcome with GET; a POST becomes GET on 301 and 302 as it does everywhere; all else stays.
 * @see RFC 9110 §15.4
 */
function withoutBodyWhereRewritten(hop: Hop, status: number): Hop {
  const rewritten =
    (status === 303 && hop.method !== 'HEAD' && hop.method !== 'GET') || (status < 303 && hop.method === 'POST')
  if (!rewritten) return hop
  return {
    ...hop,
    method: 'GET',
    body: null,
    headers: hop.headers.filter(([name]) => !aboutTheBody.has(name.toLowerCase())),
  }
}

/** In any form: encoded, escaped, in base64 alone or as half of a pair. A short one is removed by its name only. */
type HoldsSecret = (text: string) => boolean

/** Nothing that could authenticate goes along: by name, and by value for what was placed elsewhere. */
function strippedHeaders(hop: Hop, rules: RedirectRules, holdsSecret: HoldsSecret): Hop['headers'] {
  const names = new Set([...alwaysCredentials, ...rules.credentialNames.headers.map((name) => name.toLowerCase())])
  return hop.headers.filter(([name, value]) => !names.has(name.toLowerCase()) && !holdsSecret(value))
}

function strippedQuery(url: URL, rules: RedirectRules, holdsSecret: HoldsSecret): URL {
  const keys = new Set(rules.credentialNames.queryKeys)
  const stripped = new URL(url)
  for (const [key, value] of url.searchParams)
    if (keys.has(key) || holdsSecret(value)) stripped.searchParams.delete(key)
  return stripped
}

function toForeignOrigin(hop: Hop, url: URL, rules: RedirectRules): Result<Hop> {
  if (hop.body !== null) {
    return refuse(
      'host_not_allowed',
      `The answer redirects to ${url.origin} and asks for the body to be sent there again. A body may hold credentials and does not leave the host it was meant for; use the new address in the definition.`,
    )
  }
  const find = createSecretSearch(rules.secrets.texts())
  const holdsSecret: HoldsSecret = (text) => find(text).length > 0
  if (holdsSecret(url.pathname)) {
    return refuse(
      'host_not_allowed',
      `The answer redirects to ${url.origin} with a credential in the path. It was not followed.`,
    )
  }
  return succeed({
    ...hop,
    headers: strippedHeaders(hop, rules, holdsSecret),
    url: strippedQuery(url, rules, holdsSecret),
  })
}

function targetUrl(current: URL, location: string): Result<URL> {
  if (!URL.canParse(location, current))
    return refuse('invalid_answer', `${current.host} redirects to an address that is not valid.`)
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

/** Whether the caller lets its request go there; a plain no becomes a refusal in general words. */
export function checkOrigin(url: URL, allowedOrigin: AllowedOrigin): Result<URL> {
  const answer = allowedOrigin(url)
  if (answer === true) return succeed(url)
  if (answer !== false) return { ok: false, error: answer }
  return refuse(
    'host_not_allowed',
    `Nothing was sent to ${url.origin}: the connector does not name it. Credentials only go to the hosts of the connector's own URLs.`,
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
