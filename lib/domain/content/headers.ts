import { refuse, succeed, type Result } from '../result'
import type { Template } from '../templates/template'

/** Headers that decide where a request goes or where it ends; setting them by hand could smuggle a second request. */
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
      `"${printable(name)}" is not the name of a header: letters, digits and - are what names are made of.`,
    )
  }
  if (ownHeaders.includes(name.toLowerCase()))
    return refuse('invalid_header', `The header ${name} is set by Patchbay itself and cannot be given.`)
  return succeed(name)
}

/**
 * RFC 9110 §5.5: no line break or other control character, so that a value can never begin another header. The
 * refusal names the header and never the value, which may be a secret.
 */
export function checkHeader(name: string, value: string): Result<[name: string, value: string]> {
  const checked = checkHeaderName(name)
  if (!checked.ok) return checked
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
    return refuse(
      'invalid_header',
      `The value of the header ${name} has a line break or another control character in it.`,
    )
  }
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
    return refuse(
      'invalid_header',
      `The value of the header ${name} has a character that headers cannot carry. Encode it, for example with base64_encode.`,
    )
  }
  return succeed([name, value])
}

/** The first of several that cannot be sent. */
export function checkHeaders(headers: readonly (readonly [name: string, value: string])[]): Result<null> {
  for (const header of headers) {
    const checked = checkHeader(...header)
    if (!checked.ok) return checked
  }
  return succeed(null)
}

/** What the definition itself writes into a header; what values bring along is checked when the request is made. */
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

/** Headers by name, without regard to case: of two with the same name the later one stays. */
export function mergeHeaders(...lists: readonly (readonly [string, string])[][]): [name: string, value: string][] {
  const byName = new Map<string, [string, string]>()
  for (const [name, value] of lists.flat()) byName.set(name.toLowerCase(), [name, value])
  return [...byName.values()]
}
