import { NextResponse, type NextRequest } from 'next/server'
import { env } from './lib/platform/env'
import { repeatAsGet } from './lib/authorisations/form-post'
import { isCallbackForm } from './lib/platform/callback-path'
import { contentSecurityPolicy } from './lib/platform/session/content-security-policy'
import { requestedPathHeader } from './lib/platform/session/requested-path'

/** Only sets headers, except for a callback that is sent as a form. Operations and queries decide about access. */
export function proxy(request: NextRequest): Response | Promise<Response> {
  if (isCallbackForm(request.method, request.nextUrl.pathname, request.headers)) return repeatAsGet(request)
  const policy = contentSecurityPolicy(
    Buffer.from(crypto.randomUUID()).toString('base64'),
    env().NODE_ENV === 'development',
  )
  const headers = new Headers(request.headers)
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)
  headers.set(requestedPathHeader, request.nextUrl.pathname + request.nextUrl.search)
  trustOwnOrigins(headers)

  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  if (env().APP_URL.startsWith('https://')) response.headers.set('strict-transport-security', 'max-age=31536000')
  return response
}

/**
 * Next takes a server action only where Origin and host agree. Behind a reverse proxy that keeps the host to itself they
 * do not: an Origin that is one of the installation's own addresses is agreed with, another one is left to Next's check.
 */
function trustOwnOrigins(headers: Headers) {
  const origin = headers.get('origin')
  const own = [env().APP_URL, ...env().PATCHBAY_PUBLIC_URLS].map((address) => new URL(address))
  const match = own.find((address) => address.origin === origin)
  if (!match) return
  headers.set('x-forwarded-host', match.host)
  headers.set('x-forwarded-proto', match.protocol.slice(0, -1))
}

// The API, the MCP endpoint and a connector's icon answer with a stricter policy of their own. Of a file that is
// uploaded to the API, Next would keep the body in memory here, and pass on only its beginning.
export const config = {
  matcher: [
    '/((?!api/v1/|api/mcp$|_next/static|_next/image|icon.svg|connection-document.schema.json|connectors/[^/]+/icon$).*)',
  ],
}
