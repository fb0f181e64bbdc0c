const fallbackPath = '/connectors'

/** Pages for those who are not signed in lead on by themselves, and an API address is no page. */
function isEntrance(pathname: string): boolean {
  return ['/', '/login', '/setup'].includes(pathname) || pathname.startsWith('/api/')
}

/**
 * Where a person goes after signing in: a path of this installation, whatever the address asked for (an address that
 * leads elsewhere would be an open redirect).
 */
export function safeReturnTo(wanted: string | null | undefined, fallback: string = fallbackPath): string {
  if (!wanted || wanted.length > 2_048 || !wanted.isWellFormed()) return fallback
  // Browsers read a backslash as a slash, and skip tabs and line breaks.
  if (!wanted.startsWith('/') || /^\/[/\\]/.test(wanted) || /[\u0000-\u0020\u007f-\u009f\\]/.test(wanted))
    return fallback
  // Encoded slashes at the beginning become real ones at a proxy that decodes, once or twice.
  if (/^\/(?:%2f|%5c|%09|%0a|%0d|%25)/i.test(wanted)) return fallback
  const base = 'http://patchbay.invalid'
  if (!URL.canParse(wanted, base)) return fallback
  const url = new URL(wanted, base)
  if (isEntrance(url.pathname)) return fallback
  const path = `${url.pathname}${url.search}${url.hash}`
  return url.origin === base && !path.startsWith('//') ? path : fallback
}
