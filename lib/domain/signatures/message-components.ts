import { percentEncode } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { checkHeaderName } from '../content/headers'
import { refuse, succeed, type Result } from '../result'
import { bodyBytes, headerValues, pairsOf } from './request-parts'
import { serializeString } from './structured-fields'

/** The components of a request for a signature of RFC 9421, each with an identifier and a value. */

export type Component = { identifier: string; value: string }

/**
 * Reads `@method`, `content-type` or `@query-param;name=page` and finds its value. Null for a header about the body if
 * the request has no body, so that one list of components serves all requests of a method.
 */
export function readComponent(text: string, request: OutboundRequest): Result<Component | null> {
  const parts = splitComponent(text)
  if (!parts.ok) return parts
  const { name, parameter } = parts.value
  if (name === '@query-param') return queryParameter(parameter, request)
  if (parameter !== null)
    return refuse(
      'invalid_input',
      `“${text}” has a parameter that is not supported. Only @query-param takes one: ;name=…`,
    )
  if (name.startsWith('@')) return derivedComponent(name, request)
  const header = checkHeaderName(name === 'host' || name === 'content-length' ? 'x' : name)
  return header.ok ? fieldComponent(name, request) : header
}

/** Checks a component without a request. */
export function checkComponent(text: string): Result<null> {
  const parts = splitComponent(text)
  if (!parts.ok) return parts
  const { name, parameter } = parts.value
  const probe: OutboundRequest = {
    method: 'GET',
    url: `https://check.invalid/?${parameter ?? ''}=`,
    headers: [[name.startsWith('@') ? 'x' : name, '']],
    body: null,
  }
  const read = readComponent(text, probe)
  return read.ok ? succeed(null) : read
}

function splitComponent(text: string): Result<{ name: string; parameter: string | null }> {
  const match = /^("?)([^";\s]+)\1(?:\s*;\s*name\s*=\s*(?:"([^"]*)"|([^";\s]+)))?$/.exec(text.trim())
  if (!match?.[2]) {
    return refuse(
      'invalid_input',
      `“${text}” is not a component of a request. Write @method, @path, the name of a header, or @query-param;name="…".`,
    )
  }
  return succeed({ name: match[2].toLowerCase(), parameter: match[3] ?? match[4] ?? null })
}

type Derived = (url: URL, request: OutboundRequest) => string

/** RFC 9421 §2.2. */
const derived = new Map<string, Derived>([
  ['@method', (_url, { method }) => method],
  ['@target-uri', (url) => withoutFragment(url)],
  ['@authority', (url) => url.host],
  ['@scheme', (url) => url.protocol.replace(':', '')],
  ['@request-target', (url) => url.pathname + url.search],
  ['@path', (url) => url.pathname],
  ['@query', (url) => (url.search === '' ? '?' : url.search)],
])

function withoutFragment(url: URL): string {
  return url.href.slice(0, url.href.length - url.hash.length)
}

function derivedComponent(name: string, request: OutboundRequest): Result<Component> {
  const find = derived.get(name)
  if (!find) {
    const known = [...derived.keys(), '@query-param'].join(', ')
    return refuse('invalid_input', `${name} is not a component of a request. Use one of ${known}.`)
  }
  return succeed({ identifier: `"${name}"`, value: find(new URL(request.url), request) })
}

/** RFC 9421 §2.2.8: decoded as a form, and encoded again. */
function queryParameter(name: string | null, request: OutboundRequest): Result<Component> {
  if (name === null)
    return refuse('invalid_input', '@query-param needs the name of a parameter: @query-param;name="…".')
  const [[plain] = ['']] = pairsOf(`${name}=`)
  const values = pairsOf(new URL(request.url).search).filter(([candidate]) => candidate === plain)
  const [first] = values
  if (!first)
    return refuse('missing_value', `The query parameter ${name} must be signed, but this request does not have it.`)
  if (values.length > 1)
    return refuse('invalid_value', `The request has the query parameter ${name} more than once. Sign @query instead.`)
  const written = serializeString(encodeAsQuery(plain))
  return written.ok
    ? succeed({ identifier: `"@query-param";name=${written.value}`, value: encodeAsQuery(first[1]) })
    : written
}

/** The application/x-www-form-urlencoded percent-encode set (WHATWG URL), which keeps * and encodes ~. */
function encodeAsQuery(text: string): string {
  return percentEncode(text).replaceAll('%2A', '*').replaceAll('~', '%7E')
}

const describesBody = ['content-digest', 'content-length', 'content-type', 'content-encoding', 'repr-digest', 'digest']

/** RFC 9421 §2.1: every line of the header, trimmed, joined by a comma. */
function fieldComponent(name: string, request: OutboundRequest): Result<Component | null> {
  const values = name === 'host' ? [new URL(request.url).host] : headerValues(request, name)
  if (name === 'content-length' && request.body !== null) values.push(String(bodyBytes(request).length))
  if (values.length === 0 && request.body === null && describesBody.includes(name)) return succeed(null)
  if (values.length === 0)
    return refuse('missing_value', `The header ${name} must be signed, but this request does not have it.`)
  return succeed({
    identifier: `"${name}"`,
    value: values.map((value) => value.trim().replace(/\s*\r?\n\s*/g, ' ')).join(', '),
  })
}
