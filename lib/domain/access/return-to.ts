const fallbackPath = '/connectors'

/** Not a destination: pages for people who are not signed in redirect anyway, and API addresses are not pages. */
function isEntrance(pathname: string): boolean {
  return ['/', '/login', '/setup'].includes(pathname) || pathname.startsWith('/api/')
}

/**
 * Where a person goes after signing in: always a path of this installation, because anything else would be an open
 * redirect.
 */
export function safeReturnTo(wanted: string | null | undefined, fallback: string = fallbackPath): string {
  if (!wanted || wanted.length > 2_048 || !wanted.isWellFormed()) return fallback
  // Browsers read a backslash as a slash, and skip tabs and line breaks.
  if (!wanted.startsWith('/') || /^\/[/\\]/.test(wanted) || /[\u0000-\u0020\u007f-\u009f\\]/.test(wanted))
    return fallback
  // A proxy may decode encoded slashes at the beginning, once or twice.
  if (/^\/(?:%2f|%5c|%09|%0a|%0d|%25)/i.test(wanted)) return fallback
  const base = 'http://patchbay.invalid'
  if (!URL.canParse(wanted, base)) return fallback
  const url = new URL(wanted, base)
  if (isEntrance(url.pathname)) return fallback
  const path = `${url.pathname}${url.search}${url.hash}`
  return url.origin === base && !path.startsWith('//') ? path : fallback
}
