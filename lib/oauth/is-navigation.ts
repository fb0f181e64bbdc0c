/**
 * Whether a person is arriving, rather than a browser looking ahead or a script fetching: only then may a state be
 * used up. Browsers too old for these headers are taken at their word.
 * @see Fetch Metadata Request Headers §2.1 (Sec-Fetch-Dest), Fetch §2.5 (Sec-Purpose)
 */
export function isNavigation(headers: Pick<Headers, 'get'>): boolean {
  const destination = headers.get('sec-fetch-dest') ?? 'document'
  const ahead = headers.get('sec-purpose')?.includes('prefetch') ?? false
  return destination === 'document' && !ahead
}
