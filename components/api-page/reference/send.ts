import type { TriedRequest } from './request-of'

export type TriedResponse = {
  status: string
  isSuccess: boolean
  milliseconds: number
  headers: { name: string; value: string }[]
  /** Empty without one. */
  body: string
}

/** A longer body would make the page slow. */
const mostShown = 100_000

/**
 * Sends it from the browser, without the session of the person.
 * @throws TypeError if there is no response, or the browser refuses to send a value
 */
export async function send({ method, address, headers, body }: TriedRequest): Promise<TriedResponse> {
  const start = performance.now()
  // eslint-disable-next-line no-restricted-syntax -- a request from the browser to our own server
  const response = await fetch(address, { method, headers, body, credentials: 'omit', cache: 'no-store' })
  const content = await response.blob()
  return {
    status: `${response.status} ${response.statusText}`.trim(),
    isSuccess: response.ok,
    milliseconds: Math.round(performance.now() - start),
    headers: [...response.headers].map(([name, value]) => ({ name, value })),
    body: await shown(content, response.headers.get('content-type') ?? ''),
  }
}

async function shown(content: Blob, contentType: string): Promise<string> {
  if (content.size === 0) return ''
  if (!/^text\/|json|xml|javascript|urlencoded/i.test(contentType))
    return `${content.size.toLocaleString('en-GB')} bytes of ${contentType || 'an unknown type'}`
  const text = await content.text()
  if (text.length > mostShown)
    return `${text.slice(0, mostShown)}\n… ${(text.length - mostShown).toLocaleString('en-GB')} more characters`
  return /json/i.test(contentType) ? indented(text) : text
}

/** A third party may send something that only claims to be JSON. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
