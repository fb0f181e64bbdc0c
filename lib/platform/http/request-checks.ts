import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { OutboundRequest } from '@/lib/domain/http-messages'

/** The final check of a request before it is sent, after those of rendering. */

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Visible characters, spaces and tabs, Latin-1 (RFC 9110 §5.5). */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * Headers that frame the message or name its target. They follow from the request and cannot be set by a definition.
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
      `“${JSON.stringify(name.slice(0, 80)).slice(1, -1)}” is not a valid header name. Use letters, digits and -.`,
    )
  if (managed.has(name.toLowerCase())) {
    return refuse('invalid_header', `Patchbay sets the header ${name} itself. Remove it from the definition.`)
  }
  if (!headerValue.test(value)) {
    return refuse(
      'invalid_header',
      `The value of the header ${name} contains a line break, a control character or a character outside Latin-1. Nothing was sent. Correct or encode the value.`,
    )
  }
  return succeed(true)
}

/** Allows only http and https, with a host and without a user name, which would be shown and logged. */
export function checkUrl(text: string): Result<URL> {
  if (!URL.canParse(text))
    return refuse('invalid_url', 'The URL is not valid. It must be absolute, such as https://api.example.com/orders.')
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse('invalid_url', `The URL begins with ${url.protocol} but only http: and https: can be requested.`)
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('invalid_url', 'The URL contains a user name or password. Use an authentication method instead.')
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
