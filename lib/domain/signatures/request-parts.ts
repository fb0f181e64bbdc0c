import { utf8 } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { checkHeaders } from '../content/headers'
import { refuse, succeed, type Result } from '../result'
import type { TemplateContext } from '../templates/template'

/** What signatures read of a request, and how they add to it. */

export type Pair = [name: string, value: string]

/** The body as it goes over the wire. */
export function bodyBytes({ body }: Pick<OutboundRequest, 'body'>): Uint8Array {
  if (body === null) return new Uint8Array()
  return typeof body === 'string' ? utf8(body) : body
}

/** The values of a header as they are sent, in their order. */
export function headerValues({ headers }: Pick<OutboundRequest, 'headers'>, name: string): string[] {
  const lower = name.toLowerCase()
  return headers.filter(([candidate]) => candidate.toLowerCase() === lower).map(([, value]) => value)
}

/** The header in the place of any other of its name, whatever the case. */
export function withHeader(request: OutboundRequest, name: string, value: string): OutboundRequest {
  const lower = name.toLowerCase()
  return { ...request, headers: [...request.headers.filter(([other]) => other.toLowerCase() !== lower), [name, value]] }
}

/** Whether the body's fields take part in a signature. @see RFC 5849 §3.4.1.3.1 */
export function isForm(request: Pick<OutboundRequest, 'headers'>): boolean {
  const [type = ''] = headerValues(request, 'content-type')
  return /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type.trim())
}

/** Of a query or a form, decoded: a `+` is a space. */
export function pairsOf(encoded: string): Pair[] {
  return [...new URLSearchParams(encoded)]
}

/** Appended as it is: what the query holds already stays as it was written. */
export function withQueryText(request: OutboundRequest, text: string): OutboundRequest {
  const url = new URL(request.url)
  url.search = url.search.length > 1 ? `${url.search}&${text}` : `?${text}`
  return { ...request, url: url.href }
}

/** The moment of the request, which everything in it shares. */
export function momentOf({ reserved }: TemplateContext): Result<Date> {
  const moment = new Date(reserved?.now ?? '')
  return Number.isNaN(moment.getTime())
    ? refuse('unexpected', 'The time at which the request is made is not known.')
    : succeed(moment)
}

/** The nonce of the request, which everything in it shares. */
export function nonceOf({ reserved }: TemplateContext): Result<string> {
  const nonce = reserved?.nonce ?? ''
  return nonce === '' ? refuse('unexpected', 'The request has no nonce to be signed with.') : succeed(nonce)
}

/** A signature may bring along what a header cannot carry: a line break in a realm, a key ID of other letters. */
export function checkSigned(request: OutboundRequest): Result<OutboundRequest> {
  const checked = checkHeaders(request.headers)
  return checked.ok ? succeed(request) : checked
}

/** Where two texts differ, by their code units: of ASCII, which is all that is sorted here, the order of bytes. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
