import { refuse, succeed, type Result } from '../result'

/** The pairs of the one Cookie header of a request. */

/** RFC 6265 §4.1.1: a cookie's name is a token. */
export function checkCookieName(name: string): Result<string> {
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return succeed(name)
  return refuse(
    'invalid_header',
    name === ''
      ? 'Enter a cookie name (letters, digits and -).'
      : `“${name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�').slice(0, 64)}” is not a valid cookie name. Use letters, digits and -.`,
  )
}

/**
 * Percent-encodes what is not a cookie-octet (control characters, space, quotation mark, comma, semicolon, backslash and
 * everything beyond ASCII), and the percent sign, so that the value is the same once it is decoded.
 * @see RFC 6265 §4.1.1
 */
export function encodeCookieValue(value: string): string {
  return value
    .toWellFormed()
    .replace(/[^\u0021\u0023\u0024\u0026-\u002b\u002d-\u003a\u003c-\u005b\u005d-\u007e]/gu, (character) =>
      encodeURIComponent(character),
    )
}

/**
 * Merges all cookies into one Cookie header, after the text of a header Cookie. Of two cookies with the same name the
 * later one is sent. @see RFC 6265 §5.4
 */
export function withCookies(
  headers: [name: string, value: string][],
  cookies: readonly (readonly [name: string, value: string])[],
): [name: string, value: string][] {
  if (cookies.length === 0) return headers
  const isCookie = ([name]: readonly [string, string]) => name.toLowerCase() === 'cookie'
  const pairs = [
    ...headers.filter(isCookie).map(([, value]) => value),
    ...[...new Map(cookies)].map(([name, value]) => `${name}=${value}`),
  ]
  return [...headers.filter((header) => !isCookie(header)), ['Cookie', pairs.join('; ')]]
}
