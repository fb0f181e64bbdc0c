import type { IncomingMessage } from 'node:http'

/**
 * The API for pages of other sites (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol): closed, except for the
 * origins of PATCHBAY_API_CORS_ORIGINS. Their pages send an API key. A session never counts there, and
 * `Access-Control-Allow-Credentials` is never sent.
 */

type Request = Pick<IncomingMessage, 'url' | 'headers'>

/** Whether a page of a configured origin sends this to the API. */
export function isFromApiOrigin({ url = '', headers }: Request, origins: readonly string[]): boolean {
  if (headers.origin === undefined || !origins.includes(headers.origin)) return false
  return isApiAddress(url)
}

/** As the app reads the address: `/api/v1/../../connectors` is a page. */
function isApiAddress(url: string): boolean {
  return URL.canParse(url, 'http://localhost') && new URL(url, 'http://localhost').pathname.startsWith('/api/v1/')
}

/**
 * What every response of the API says about other sites. A page may read all its headers: they are as much for the
 * holder of the key as the body is.
 */
export function crossOriginHeaders(request: Request, origins: readonly string[]): Record<string, string> {
  if (origins.length === 0 || !isApiAddress(request.url ?? '')) return {}
  // For caches: the response to another origin differs.
  if (!isFromApiOrigin(request, origins)) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': request.headers.origin!,
    'access-control-expose-headers': '*',
  }
}

export const isCrossOriginHeader = (name: string) => name === 'vary' || name.startsWith('access-control-')
