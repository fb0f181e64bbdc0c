/**
 * The addresses of the customer's own apps to which the browser may go at the end of an authorisation that was begun
 * through the API (DATA §8, §15). The browser never goes anywhere else, so an address is compared as a whole: no prefix,
 * no wildcard.
 *
 * @see RFC 9700 §2.1 (exact matching of redirect URIs), RFC 8252 §7.3 (http only for loopback addresses)
 */

export const longestReturnAddress = 2048
export const mostReturnAddresses = 50

const loopbackHost = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Two slashes after the scheme, then host and port. A parser of URLs accepts much more (`https:\\host`, `https:host`,
 * `https://user@host`, `https://ho%73t`), which is read differently by others.
 */
const wholeAddress = /^https?:\/\/([^/?#]+)([^?#]*)(?:\?[^#]*)?$/i

/** Segments that a parser of URLs removes: `.`, `..` and their encoded forms. */
const dotSegment = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i

/** Why an address cannot be a return address, as a sentence without its subject; null if it can. */
export function returnAddressFault(address: string): string | null {
  if (address.length > longestReturnAddress)
    return `must have at most ${longestReturnAddress.toLocaleString('en-GB')} characters`
  if (/[\s\p{C}]/u.test(address)) return 'must not contain spaces or invisible characters'
  if (!/^https?:/i.test(address)) return 'must begin with https://'
  if (address.includes('\\')) return 'must not contain a backslash'
  if (address.includes('*')) return 'must not contain *: enter every address in full'
  if (address.includes('#')) return 'must not contain a fragment (#…)'
  const [, authority = '', path = ''] = wholeAddress.exec(address) ?? []
  if (authority.includes('@')) return 'must not contain a user name or a password'
  if (authority === '' || authority.includes('%') || !URL.canParse(address)) return 'is not a complete address'
  if (dotSegment.test(path)) return 'must not contain the path segments . or ..'
  return faultOfParsed(new URL(address))
}

function faultOfParsed({ protocol, hostname, href }: URL): string | null {
  if (hostname.endsWith('.')) return 'must not have a dot at the end of its host'
  if (protocol === 'http:' && !loopbackHost.test(hostname))
    return 'must begin with https://. http:// is only allowed for this computer (localhost, 127.0.0.1, [::1])'
  return href.length > longestReturnAddress ? returnAddressFault(href) : null
}

/**
 * The form in which return addresses are stored and compared; null if the address cannot be one. As browsers read it
 * (WHATWG URL): scheme and host in lower case, an international host in ASCII, no default port, an empty path as `/`,
 * characters that a URL cannot contain percent-encoded. Everything else stays, so `%7E` and `~` differ.
 */
export function normalReturnAddress(address: string): string | null {
  return returnAddressFault(address) === null ? new URL(address).href : null
}

/** Whether the browser may go to the URL: it is equal to an entry of the list in its normal form. */
export function isReturnAddress(list: readonly string[], url: string): boolean {
  const normal = normalReturnAddress(url)
  return normal !== null && list.includes(normal)
}

export type ReturnOutcome = { linkId: string; state: 'succeeded' | 'refused' }

/** A return address with the outcome of an authorisation. Its own query stays as it is, byte for byte. */
export function returnAddressWith(address: string, { linkId, state }: ReturnOutcome): string {
  const outcome = new URLSearchParams({ patchbay_authorisation: linkId, state }).toString()
  const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return `${address}${joint}${outcome}`
}

/** What is wrong with a list, as sentences; null if nothing is. */
export function returnAddressesFault(addresses: readonly string[]): string | null {
  if (addresses.length > mostReturnAddresses) return `Enter at most ${mostReturnAddresses} addresses.`
  const normal = addresses.map(normalReturnAddress)
  const faults = addresses.flatMap((address, index) => {
    const fault = returnAddressFault(address)
    if (fault !== null) return [`Address ${index + 1} ${fault}.`]
    const first = normal.indexOf(normal[index]!)
    return first < index ? [`Address ${index + 1} is a duplicate of address ${first + 1}.`] : []
  })
  const [shown, more] = [faults.slice(0, mostFaults), faults.length - mostFaults]
  if (more > 0) shown.push(`${more} more ${more === 1 ? 'address is' : 'addresses are'} wrong.`)
  return faults.length === 0 ? null : shown.join(' ')
}

const mostFaults = 5
