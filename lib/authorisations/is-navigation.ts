/**
 * Whether a person is arriving, rather than a browser looking ahead or a script fetching (the framework does so after
 * signing in): only then may a state be used up. Browsers too old for these headers are taken at their word.
 * @see Fetch Metadata Request Headers §2.1 and §2.2 (Sec-Fetch-Dest, Sec-Fetch-Mode), Fetch (Sec-Purpose)
 */
export function isNavigation(headers: Pick<Headers, 'get'>): boolean {
  const mode = headers.get('sec-fetch-mode') ?? 'navigate'
  const destination = headers.get('sec-fetch-dest') ?? 'document'
  const ahead = headers.get('sec-purpose')?.includes('prefetch') ?? false
  return mode === 'navigate' && destination === 'document' && !ahead
}
