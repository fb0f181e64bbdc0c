import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { OutboundRequest } from '@/lib/domain/http-messages'

/** What may be in a request at all. The rules of rendering have looked before; nothing reaches a socket unchecked. */

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Visible characters, spaces and tabs, Latin-1 (RFC 9110 §5.5). */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * Headers that frame the message or name its target: they follow from the request and are never taken from a
 * definition.
 */
const managed = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'http2-settings',
])

function checkHeader([name, value]: [string, string]): Result<true> {
  if (!headerName.test(name))
    return refuse(
      'invalid_header',
      `The header name ${JSON.stringify(name.slice(0, 80))} is not valid. Use letters, digits and hyphens.`,
    )
  if (managed.has(name.toLowerCase())) {
    return refuse(
      'invalid_header',
      `The header ${name} is set by Patchbay itself and cannot be set by a definition. Remove it.`,
    )
  }
  if (!headerValue.test(value)) {
    return refuse(
      'invalid_header',
      `The value of the header ${name} holds a line break, a control character or a character outside Latin-1. Nothing was sent.`,
    )
  }
  return succeed(true)
}

/** http and https only, with a host, and no user name in the URL, where it would be shown and logged. */
export function checkUrl(text: string): Result<URL> {
  if (!URL.canParse(text))
    return refuse('invalid_url', 'The URL is not valid. It has to be absolute, such as https://api.example.com/orders.')
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse('invalid_url', `The URL begins with ${url.protocol} but only http: and https: can be requested.`)
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('invalid_url', 'The URL holds a user name or password. Use an authentication method instead.')
  }
  url.hash = ''
  return succeed(url)
}

export function checkRequest(request: OutboundRequest): Result<URL> {
  for (const header of request.headers) {
    const checked = checkHeader(header)
    if (!checked.ok) return checked
  }
  return checkUrl(request.url)
}
