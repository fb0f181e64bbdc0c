import { utf8 } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { checkHeaders } from '../content/headers'
import { refuse, succeed, type Result } from '../result'
import type { TemplateContext } from '../templates/template'

/** Reads the parts of a request for signatures, and adds signatures to it. */

export type Pair = [name: string, value: string]

/** The bytes of the body as they are sent. */
export function bodyBytes({ body }: Pick<OutboundRequest, 'body'>): Uint8Array {
  if (body === null) return new Uint8Array()
  return typeof body === 'string' ? utf8(body) : body
}

/** The values of a header, in order. */
export function headerValues({ headers }: Pick<OutboundRequest, 'headers'>, name: string): string[] {
  const lower = name.toLowerCase()
  return headers.filter(([candidate]) => candidate.toLowerCase() === lower).map(([, value]) => value)
}

/** Sets a header, replacing others of the same name in any case. */
export function withHeader(request: OutboundRequest, name: string, value: string): OutboundRequest {
  const lower = name.toLowerCase()
  return { ...request, headers: [...request.headers.filter(([other]) => other.toLowerCase() !== lower), [name, value]] }
}

/** Whether the fields of the body are part of a signature. @see RFC 5849 §3.4.1.3.1 */
export function isForm(request: Pick<OutboundRequest, 'headers'>): boolean {
  const [type = ''] = headerValues(request, 'content-type')
  return /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type.trim())
}

/** The decoded pairs of a query or a form; a `+` means a space. */
export function pairsOf(encoded: string): Pair[] {
  return [...new URLSearchParams(encoded)]
}

/** Appends text to the query, which is left as it is. */
export function withQueryText(request: OutboundRequest, text: string): OutboundRequest {
  const url = new URL(request.url)
  url.search = url.search.length > 1 ? `${url.search}&${text}` : `?${text}`
  return { ...request, url: url.href }
}

/** The time of the request, which all its parts share. */
export function momentOf({ reserved }: TemplateContext): Result<Date> {
  const moment = new Date(reserved?.now ?? '')
  return Number.isNaN(moment.getTime()) ? refuse('unexpected', 'The time of the request is missing.') : succeed(moment)
}

/** The nonce of the request, which all its parts share. */
export function nonceOf({ reserved }: TemplateContext): Result<string> {
  const nonce = reserved?.nonce ?? ''
  return nonce === '' ? refuse('unexpected', 'The nonce of the request is missing.') : succeed(nonce)
}

/** Refuses headers that a signature made invalid, for example by a key ID with characters outside Latin-1. */
export function checkSigned(request: OutboundRequest): Result<OutboundRequest> {
  const checked = checkHeaders(request.headers)
  return checked.ok ? succeed(request) : checked
}

/** Compares by code units, which for the ASCII text here is the order of bytes. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
