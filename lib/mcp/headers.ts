import { cut, itemsWithin } from './cut'

/** Headers of a response that matter to a caller: what it contains, where more is, and when to ask again. */
const shownNames =
  /^(content-(type|length|language|range)|etag|last-modified|location|link|retry-after|www-authenticate|(x-)?rate-?limit.*|.*request-id|.*-total(-count)?)$/i
const mostBytes = 8 * 1024

type Header = { name: string; value: string }

/** @param headers with secrets redacted */
export function shownHeaders(headers: readonly (readonly [string, string])[]): Header[] {
  return allHeaders(headers.filter(([name]) => shownNames.test(name)))
}

/** The first ones: a server may send any number of them. */
export function allHeaders(headers: readonly (readonly [string, string])[]): Header[] {
  const shown = headers.map(([name, value]) => ({ name: cut(name, 100), value: cut(value, 500) }))
  return itemsWithin(shown, mostBytes)
}
