import { textOf } from '@/lib/domain/responses/response'
import { parseJson } from '@/lib/domain/responses/json-limits'
import type { OutboundResponse } from '@/lib/domain/http-messages'

export const masked = '•••'
/** Keys that describe the result or the token's permissions; their values are never tokens. */
const shownKeys = new Set([
  ...['error', 'error_description', 'error_uri', 'token_type', 'expires_in', 'scope'],
  ...['error_code', 'error_message', 'errcode', 'errmsg', 'message', 'msg', 'status', 'success', 'ok'],
])
const secretHeader = /token|session|secret|auth|cookie|key|signature|ticket|csrf|xsrf/i

/**
 * A token response for the log: its structure without values. Redacting known values is not enough here, because if the
 * token was not found, any value could be the token.
 */
export function maskTokenResponse(response: OutboundResponse): OutboundResponse {
  const body = new TextEncoder().encode(maskText(textOf(response)))
  return { ...response, body, headers: response.headers.map(([name, value]) => [name, maskHeader(name, value)]) }
}

function maskHeader(name: string, value: string): string {
  if (secretHeader.test(name)) return masked
  return name.toLowerCase() === 'location' ? maskLocation(value) : value
}

/** A code or token is often in the query, in the fragment or in the last path segment. */
function maskLocation(location: string): string {
  const [path = ''] = location.split(/[?#]/)
  const rest = location.slice(path.length).replace(/=[^&#]*/g, `=${masked}`)
  return path.replace(/[^/:]{16,}$/, masked) + rest
}

function maskText(text: string): string {
  if (text.trim() === '') return text
  const json = parseJson(text)
  if (json !== undefined) return JSON.stringify(maskValue(json, ''))
  if (text.trimStart().startsWith('<')) return maskXml(text)
  return isForm(text) ? maskForm(text) : masked
}

/** Keeps the names of elements and attributes and masks their content. */
function maskXml(text: string): string {
  return text
    .replace(/<!\[CDATA\[[\s\S]*?(?:\]\]>|$)/g, masked)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/=\s*(?:"[^"]*"?|'[^']*'?)/g, `="${masked}"`)
    .replace(/>[^<]+/g, (content) => (content.trim() === '>' ? content : `>${masked}`))
}

function isForm(text: string): boolean {
  return /^[^\s=&<>{}]+=[^\s<>{}]*$/.test(text.trim())
}

function maskForm(text: string): string {
  return [...new URLSearchParams(text)].map(([key, value]) => `${key}=${maskValue(value, key)}`).join('&')
}

function maskValue(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, key))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(inner, name)]))
  }
  return value === null || typeof value === 'boolean' || shownKeys.has(key.toLowerCase()) ? value : masked
}
