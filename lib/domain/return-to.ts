const home = '/connectors'

/**
 * Where to go after signing in: a path of this site, or the start page for anything else (FIELD D9, open redirect).
 * Browsers read `\` as `/`, drop tabs and line breaks inside addresses, and take `//host` for another site; encoded forms
 * are refused as well, because something in between may decode them.
 */
export function safeReturnTo(wanted: string | null | undefined): string {
  if (!wanted || wanted.length > 2_048 || !isPathOfThisSite(wanted)) return home
  const path = wanted.split(/[?#]/, 1)[0]!
  return path === '/' || path === '/login' || path === '/setup' || path.startsWith('/api/') ? home : wanted
}

function isPathOfThisSite(text: string): boolean {
  if (!/^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/.test(text)) return false
  if (/^\/(%2f|%5c|%25|%0[0-9a-f]|%2e)/i.test(text)) return false
  try {
    return new URL(text, 'https://this.invalid').origin === 'https://this.invalid' && !/^\/[/\\]/.test(new URL(text, 'https://this.invalid').pathname)
  } catch {
    return false
  }
}
