import type { ClientAuthentication } from '../method-options/option-choices'
import type { PkceMode } from '../method-options/option-choices'
import { refuse, succeed, type Result } from '../result'

/**
 * Reads the metadata of an authorisation server, for a person to review before any of it is used.
 * @see RFC 8414, OpenID Connect Discovery 1.0
 */

export type DiscoveredServer = {
  issuer: string
  authoriseUrl: string | null
  tokenUrl: string | null
  revokeUrl: string | null
  /** The server sends `iss` in its callbacks. @see RFC 9207 §3 */
  issuerAdvertised: boolean
  /** Null if the document does not say, which does not mean “off”. */
  pkce: Extract<PkceMode, 'S256' | 'plain'> | null
  /** The best one that both the server and Patchbay support; null if they share none. */
  clientAuthentication: ClientAuthentication | null
  scopes: string[]
  /** Origins of endpoints that differ from the issuer's: credentials would be sent there. */
  otherOrigins: string[]
}

const openIdPath = '/.well-known/openid-configuration'
const oauthPath = '/.well-known/oauth-authorization-server'

/**
 * The URLs at which to look for the metadata, in order: OpenID Connect appends its path to the issuer, RFC 8414 inserts
 * it between host and path. If the typed URL is that of a document, only this one is tried.
 * @see RFC 8414 §3.1 and §5
 */
export function discoveryUrls(typed: string): Result<string[]> {
  const url = readIssuer(typed)
  if (!url.ok) return url
  const { origin, pathname } = url.value
  if (pathname.includes('/.well-known/')) return succeed([`${origin}${pathname}`])
  const path = pathname.replace(/\/+$/, '')
  return succeed([
    ...new Set([`${origin}${path}${openIdPath}`, `${origin}${oauthPath}${path}`, `${origin}${openIdPath}${path}`]),
  ])
}

/** An issuer is an https URL without query and fragment. @see RFC 8414 §2 */
function readIssuer(typed: string): Result<URL> {
  const text = typed.trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]+:\d+(?:\/|$)/.test(text) ? text : `https://${text}`
  if (text === '' || !URL.canParse(withScheme))
    return wrongIssuer('Enter the address of the authorisation server, such as https://login.myapp.com.')
  const url = new URL(withScheme)
  if (url.protocol !== 'https:' && !isLoopback(url))
    return wrongIssuer('The address of an authorisation server begins with https://.')
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    return wrongIssuer('The address of an authorisation server has no query, no fragment and no user name.')
  return succeed(url)
}

function wrongIssuer(message: string): { ok: false; error: { code: 'invalid_url'; field: string; message: string } } {
  return { ok: false, error: { code: 'invalid_url', field: 'issuer', message } }
}

/** A server on the same machine, used while trying something out. */
function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

/**
 * Reads a document from one of `discoveryUrls`. It must name the issuer that it was requested for, so that no server can
 * impersonate another (RFC 8414 §3.3).
 */
export function readDiscovery(document: unknown, foundAt: string): Result<DiscoveredServer> {
  const json =
    typeof document === 'object' && document !== null && !Array.isArray(document)
      ? (document as Record<string, unknown>)
      : null
  if (json === null)
    return refuse(
      'invalid_answer',
      'The response is not the metadata of an authorisation server: it is not a JSON object. Check the address.',
    )
  const issuer = textOf(json, 'issuer')
  if (issuer === null) return refuse('invalid_answer', 'The metadata has no issuer, so it cannot be trusted.')
  if (!publishedAt(issuer).includes(foundAt))
    return refuse('issuer_mismatch', `The metadata is for another issuer: ${shown(issuer)}. None of it was used.`)
  const endpoints = readEndpoints(json)
  if (!endpoints.ok) return endpoints
  const { authoriseUrl, tokenUrl, revokeUrl } = endpoints.value
  if (authoriseUrl === null && tokenUrl === null)
    return refuse('invalid_answer', 'The metadata has neither an authorise URL nor a token URL.')
  const urls = [authoriseUrl, tokenUrl, revokeUrl].filter((url) => url !== null)
  const origins = new Set(urls.map((url) => new URL(url).origin))
  origins.delete(new URL(issuer).origin)
  return succeed({
    ...{ issuer, authoriseUrl, tokenUrl, revokeUrl },
    issuerAdvertised: json.authorization_response_iss_parameter_supported === true,
    pkce: readPkce(listOf(json, 'code_challenge_methods_supported')),
    clientAuthentication: readClientAuthentication(json),
    scopes: listOf(json, 'scopes_supported') ?? [],
    otherOrigins: [...origins].sort(),
  })
}

/** The URLs at which this issuer publishes its metadata. */
function publishedAt(issuer: string): string[] {
  const urls = URL.canParse(issuer) ? discoveryUrls(issuer) : null
  return urls?.ok ? urls.value : []
}

type Endpoints = Record<'authoriseUrl' | 'tokenUrl' | 'revokeUrl', string | null>

function readEndpoints(json: Record<string, unknown>): Result<Endpoints> {
  const names = {
    authoriseUrl: 'authorization_endpoint',
    tokenUrl: 'token_endpoint',
    revokeUrl: 'revocation_endpoint',
  } as const
  const endpoints: Endpoints = { authoriseUrl: null, tokenUrl: null, revokeUrl: null }
  for (const [key, name] of Object.entries(names) as [keyof Endpoints, string][]) {
    const text = textOf(json, name)
    if (text === null) continue
    const url = URL.canParse(text) ? new URL(text) : null
    const safe =
      url !== null && (url.protocol === 'https:' || isLoopback(url)) && url.username === '' && url.password === ''
    if (!safe || /[{}\\]|\[\[/.test(text))
      return refuse(
        'invalid_answer',
        `The ${name} in the metadata is not an https:// address: ${shown(text)}. None of it was used.`,
      )
    endpoints[key] = text
  }
  return succeed(endpoints)
}

function readPkce(methods: string[] | null): DiscoveredServer['pkce'] {
  if (methods?.includes('S256')) return 'S256'
  return methods?.includes('plain') ? 'plain' : null
}

/** The most common first. A client that signs needs a key, which has to be created first. */
const preferred: readonly ClientAuthentication[] = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'client_secret_jwt',
  'none',
]

/** The default is client_secret_basic (RFC 8414 §2). A client known by its certificate sends only its client ID. */
function readClientAuthentication(json: Record<string, unknown>): ClientAuthentication | null {
  const supported = listOf(json, 'token_endpoint_auth_methods_supported')
  if (supported === null) return 'client_secret_basic'
  const known = supported.map((name) =>
    name === 'tls_client_auth' || name === 'self_signed_tls_client_auth' ? 'none' : name,
  )
  return preferred.find((kind) => known.includes(kind)) ?? null
}

function textOf(json: Record<string, unknown>, name: string): string | null {
  const value = Object.hasOwn(json, name) ? json[name] : null
  return typeof value === 'string' && value !== '' && value.length <= 2_048 ? value : null
}

/** More entries are of no use. */
const longestList = 500

function listOf(json: Record<string, unknown>, name: string): string[] | null {
  const value = Object.hasOwn(json, name) ? json[name] : null
  if (!Array.isArray(value)) return null
  return value
    .filter((item): item is string => typeof item === 'string' && /^[\u0021-\u007e]{1,200}$/.test(item))
    .slice(0, longestList)
}

/** Untrusted text of an unknown server: shortened, without control characters. */
function shown(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, 200)
}
