import 'server-only'
import { env } from '@/lib/platform/env'
import { callbackPath } from './callback-path'

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

/**
 * All redirect URIs of this installation, one per public address, the main address first. They are registered at third
 * parties.
 */
export function redirectUris(): string[] {
  const { APP_URL, PATCHBAY_PUBLIC_URLS } = env()
  return [...new Set([APP_URL, ...PATCHBAY_PUBLIC_URLS].map((url) => withoutSlash(url) + callbackPath))]
}

/**
 * The redirect URI of the address that a browser uses; the main one if the address is not configured.
 * @param host as the browser names it: `localhost:3000`
 */
export function redirectUriFor(host: string): { redirectUri: string; configured: boolean } {
  const [main = '', ...others] = redirectUris()
  const own = [main, ...others].find((uri) => new URL(uri).host === host.toLowerCase())
  return own === undefined ? { redirectUri: main, configured: false } : { redirectUri: own, configured: true }
}
