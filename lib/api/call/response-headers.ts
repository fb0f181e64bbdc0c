import type { EndpointResponse } from '@/lib/calls/call-endpoint'
import type { Timing } from '@/lib/platform/http/trace'

/** The headers of a call's response: those of the third party, and our own. */

type Pairs = readonly (readonly [name: string, value: string])[]

/** RFC 9110 §7.6.1: about one connection. */
const hopByHop = [
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authentication-info', 'proxy-authorization'],
]
/** They would set something for this installation, in a browser: cookies, policies, what it stores or reports. */
const aboutTheSite = [
  ...['set-cookie', 'set-cookie2', 'clear-site-data', 'strict-transport-security', 'public-key-pins', 'alt-svc'],
  ...['content-security-policy', 'content-security-policy-report-only', 'x-content-type-options', 'x-frame-options'],
  ...['service-worker-allowed', 'reporting-endpoints', 'report-to', 'nel', 'refresh', 'origin-agent-cluster'],
]
const dropped = new Set([...hopByHop, ...aboutTheSite])
const isDropped = (name: string) =>
  dropped.has(name) || name.startsWith('access-control-') || name.startsWith('patchbay-') || name.startsWith('proxy-')

/** A browser must not run what a third party sends under the address of this installation. */
const ownHeaders: Pairs = [
  ['patchbay-response', 'third-party'],
  ['content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'"],
  ['x-content-type-options', 'nosniff'],
]

/**
 * @param hasBody whether the response can have one; without it, its length would be that of a body that never comes
 */
export function responseHeaders(response: EndpointResponse, hasBody: boolean): [name: string, value: string][] {
  const { attempts, waitedMs, isWorthRepeating, correlationId, timing } = response
  return [
    ...passedHeaders(response.headers, hasBody),
    ...ownHeaders.map(([name, value]): [string, string] => [name, value]),
    ['patchbay-request-log', correlationId],
    ['patchbay-attempts', String(attempts)],
    ['patchbay-waited', `${waitedMs} ms`],
    ['patchbay-timing', timingText(timing())],
    ...(isWorthRepeating ? [['patchbay-retry', 'refreshed'] satisfies [string, string]] : []),
  ]
}

/** The third party's headers that are about the response itself. */
export function passedHeaders(headers: Pairs, hasBody: boolean): [name: string, value: string][] {
  const named = namedByConnection(headers)
  const passed: [string, string][] = []
  for (const [name, value] of headers) {
    const lower = name.toLowerCase()
    if (isDropped(lower) || named.has(lower) || (!hasBody && lower === 'content-length')) continue
    // Node refuses to send anything else.
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      passed.push([name, value])
  }
  return passed
}

function namedByConnection(headers: Pairs): ReadonlySet<string> {
  const connection = headers.filter(([name]) => name.toLowerCase() === 'connection').map(([, value]) => value)
  return new Set(connection.flatMap((value) => value.split(',').map((name) => name.trim().toLowerCase())))
}

/** In the syntax of Server-Timing, in milliseconds. Parts that were not needed are left out. */
function timingText({ dnsMs, connectMs, tlsMs, firstByteMs }: Timing): string {
  const parts = { dns: dnsMs, connect: connectMs, tls: tlsMs, 'first-byte': firstByteMs }
  return Object.entries(parts)
    .flatMap(([name, ms]) => (ms === null ? [] : [`${name};dur=${ms}`]))
    .join(', ')
}
