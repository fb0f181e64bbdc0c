import 'server-only'
import { newBrowserSecret } from './state'

/**
 * The secret that binds an authorisation to the browser that began it. The `__Host-` prefix prevents other hosts and
 * plain http from setting it. There is one per browser, so that several authorisations can be pending at once.
 */
const cookieNames = { 'https:': '__Host-patchbay-authorisation', 'http:': 'patchbay-authorisation' } as const
const lifetimeSeconds = 60 * 60
const secretForm = /^[A-Za-z0-9_-]{43}$/

function cookieName(redirectUri: string): string {
  return cookieNames[new URL(redirectUri).protocol as keyof typeof cookieNames]
}

/** Sets a cookie, so it can only be called in a server action. */
export async function ensureBrowserSecret(redirectUri: string): Promise<string> {
  const store = await cookies()
  const name = cookieName(redirectUri)
  const current = store.get(name)?.value ?? ''
  const secret = secretForm.test(current) ? current : newBrowserSecret()
  store.set(name, secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: redirectUri.startsWith('https:'),
    path: '/',
    maxAge: lifetimeSeconds,
  })
  return secret
}

/**
 * The secret of this browser for an authorisation that was begun at a given address. On https only the `__Host-` cookie
 * counts.
 */
export async function readBrowserSecrets(): Promise<(redirectUri: string) => string | undefined> {
  const store = await cookies()
  return (redirectUri) => store.get(cookieName(redirectUri))?.value
}

/** Loaded when it is needed: workers load this module, but have no requests, and no framework in a package. */
async function cookies() {
  const framework = await import('next/headers')
  return framework.cookies()
}
