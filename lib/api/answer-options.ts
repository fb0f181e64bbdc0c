import { apiPath } from '@/lib/domain/api-path'
import { isCallPath } from '@/lib/platform/call-path'
import { routeFinder } from './find-route'
import { routes } from './routes'

/**
 * Responds to `OPTIONS`: which methods an address accepts, and to the question that a browser asks before a page of
 * another site sends a request (CORS preflight). Which sites may is decided before (lib/platform/door/cross-origin.ts);
 * without `Access-Control-Allow-Origin`, a browser ignores the rest.
 */

const findRoute = routeFinder(routes)

const allMethods = ['GET', 'POST', 'PATCH', 'DELETE']

/** Headers that a program may need. Others, such as those of server actions, are not allowed. */
const allowedHeader = /^(?:authorization|content-type|if-match|if-none-match|idempotency-key|patchbay-[a-z-]+)$/

/** Two hours, which is the longest that Chromium keeps it. */
const maxAgeSeconds = 7_200

export function answerOptions(request: Request): Response {
  const methods = methodsOf(new URL(request.url).pathname.slice(apiPath.length)).join(', ')
  const headers = new Headers({ allow: `${methods}, OPTIONS` })
  if (request.headers.has('access-control-request-method')) {
    headers.set('access-control-allow-methods', methods)
    headers.set('access-control-allow-headers', allowedOf(request.headers.get('access-control-request-headers') ?? ''))
    headers.set('access-control-max-age', String(maxAgeSeconds))
  }
  return new Response(null, { status: 204, headers })
}

/** All methods for an address that does not exist, so that the page can read the refusal of its request. */
function methodsOf(pathname: string): string[] {
  if (isCallPath(apiPath + pathname)) return ['POST']
  const found = findRoute('OPTIONS', pathname)
  const methods = found.kind === 'other_method' ? [...new Set(found.allowed)] : allMethods
  return methods.includes('GET') ? ['HEAD', ...methods] : methods
}

function allowedOf(asked: string): string {
  const names = asked.split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => allowedHeader.test(name)).join(', ')
}
