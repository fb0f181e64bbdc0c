import { cut } from './cut'

/** Headers of a response that matter to a caller: what it contains, where more is, and when to ask again. */
const shownNames =
  /^(content-(type|length|language|range)|etag|last-modified|location|link|retry-after|www-authenticate|(x-)?rate-?limit.*|.*request-id|.*-total(-count)?)$/i
const [mostShown, longestValue] = [30, 500]

type Header = { name: string; value: string }

/** @param headers with secrets redacted */
export function shownHeaders(headers: readonly (readonly [string, string])[]): Header[] {
  return allHeaders(headers.filter(([name]) => shownNames.test(name)))
}

export function allHeaders(headers: readonly (readonly [string, string])[]): Header[] {
  return headers.slice(0, mostShown).map(([name, value]) => ({ name: cut(name, 100), value: cut(value, longestValue) }))
}
