/**
 * Whether a person is opening the page, rather than a browser prefetching it or a script fetching it (as the framework
 * does after signing in). Only then may the state be consumed. Browsers too old for these headers count as navigations.
 * @see Fetch Metadata Request Headers §2.1 and §2.2 (Sec-Fetch-Dest, Sec-Fetch-Mode), Fetch (Sec-Purpose)
 */
export function isNavigation(headers: Pick<Headers, 'get'>): boolean {
  const mode = headers.get('sec-fetch-mode') ?? 'navigate'
  const destination = headers.get('sec-fetch-dest') ?? 'document'
  const ahead = headers.get('sec-purpose')?.includes('prefetch') ?? false
  return mode === 'navigate' && destination === 'document' && !ahead
}
