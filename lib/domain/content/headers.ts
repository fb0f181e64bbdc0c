import { refuse, succeed, type Result } from '../result'
import type { Template } from '../templates/template'

/** Headers that decide where a request goes or ends. Setting them could smuggle a second request. */
const ownHeaders = [
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'proxy-authorization',
  'proxy-connection',
]

/** RFC 9110 §5.1 and §5.6.2: a header's name is a token. */
export function checkHeaderName(name: string): Result<string> {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
    return refuse(
      'invalid_header',
      name === ''
        ? 'Enter a header name (letters, digits and -).'
        : `“${printable(name)}” is not a valid header name. Use letters, digits and -.`,
    )
  }
  if (ownHeaders.includes(name.toLowerCase()))
    return refuse('invalid_header', `Patchbay sets the header ${name} itself. Remove it.`)
  return succeed(name)
}

/**
 * RFC 9110 §5.5: no line break or other control character, so that a value can never begin another header. The refusal
 * never quotes the value, which may be a secret.
 * @param source the field that the value comes from, if it is not the header itself
 */
export function checkHeader(
  name: string,
  value: string,
  source = `The header ${name}`,
): Result<[name: string, value: string]> {
  const checked = checkHeaderName(name)
  if (!checked.ok) return checked
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
    return refuse('invalid_header', `${source} contains a line break or another control character. Remove it.`)
  }
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
    return refuse(
      'invalid_header',
      `${source} contains a character that is not allowed in headers. Remove it, or encode the value, for example with base64_encode.`,
    )
  }
  return succeed([name, value])
}

/** Refuses the first header that cannot be sent. */
export function checkHeaders(headers: readonly (readonly [name: string, value: string])[]): Result<null> {
  for (const header of headers) {
    const checked = checkHeader(...header)
    if (!checked.ok) return checked
  }
  return succeed(null)
}

/** Checks the text of a definition. Its values are checked when the request is built. */
export function checkHeaderTemplate(name: string, template: Template): Result<null> {
  for (const part of template.parts) {
    const checked = part.kind === 'text' ? checkHeader(name, part.text) : succeed(null)
    if (!checked.ok) return checked
  }
  return succeed(null)
}

function printable(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�').slice(0, 64)
}

/** Merges headers by name, ignoring case; the last one of a name wins. */
export function mergeHeaders(...lists: readonly (readonly [string, string])[][]): [name: string, value: string][] {
  const byName = new Map<string, [string, string]>()
  for (const [name, value] of lists.flat()) byName.set(name.toLowerCase(), [name, value])
  return [...byName.values()]
}
