import type { IncomingMessage } from 'node:http'
import { isCallPath } from '@/lib/platform/call-path'
import { isCallbackForm } from '@/lib/platform/callback-path'
import { mostUploadBytes, uploadPath } from '@/lib/platform/upload-path'
import { isFromApiOrigin } from './cross-origin'
import { isOwnHost, type OwnNames } from './own-hosts'
import type { Refusal } from './refusal'
import {
  foreignHost,
  foreignOrigin,
  malformedAddress,
  methodNotAllowed,
  mostBodyBytes,
  tooLarge,
  uploadTooLarge,
} from './refusals'

type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

/**
 * Why this request is refused before it reaches the app, or null. Checks only headers. The framework would return status
 * 500 for most of these.
 * @param apiOrigins of other sites whose pages may use the API
 */
export function requestRefusal(request: Request, names: OwnNames, apiOrigins: readonly string[] = []): Refusal | null {
  const path = pathOf(request.url)
  if (path === null) return malformedAddress
  if (!isOwnHost(request.headers.host, names)) return foreignHost(request.headers.host)
  return methodRefusal(request, path) ?? originRefusal(request, path, names, apiOrigins) ?? bodyRefusal(request, path)
}

/** The decoded path; null if it is not a path or its percent-encoding is invalid. */
export function pathOf(url: string | undefined): string | null {
  if (!url?.startsWith('/')) return null
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0]!)
  } catch {
    return null
  }
}

/** The reference of the API is a page. */
const isApi = (path: string) => path.startsWith('/api/') && path !== '/api/reference'
/** MCP asks to check the origin of every request (2026-07-28, basic/transports, Security). */
const isMcp = (path: string) => path === '/api/mcp'

function methodRefusal({ method }: Request, path: string): Refusal | null {
  // next-auth would throw. A password is never part of an address.
  if (method === 'GET' && path === '/api/auth/callback/credentials') return methodNotAllowed('POST')
  if (isApi(path)) return method === 'TRACE' ? methodNotAllowed('GET, POST') : null
  return ['GET', 'HEAD', 'POST'].includes(method!) ? null : methodNotAllowed('GET, HEAD, POST')
}

/**
 * Changes are accepted only from our own pages. Browsers send the origin with every POST, so a missing one is refused
 * too, except for programs that use the API. A third party's callback may be a form from its own page; it changes
 * nothing until the browser repeats it by GET. A page of another site may use the API with a key, if its origin is
 * configured; a session is refused there even where it only reads.
 */
function originRefusal(request: Request, path: string, names: OwnNames, apiOrigins: readonly string[]): Refusal | null {
  const { method, headers } = request
  if (isFromApiOrigin(request, apiOrigins) && !isOwnOrigin(headers.origin!, headers.host, names))
    return headers.cookie !== undefined && headers.authorization === undefined ? foreignOrigin : null
  if ((method === 'GET' || method === 'HEAD') && !(isMcp(path) && headers.origin !== undefined)) return null
  const header = (name: string) => headers[name]?.toString() ?? null
  if (isCallbackForm(method!, path, { get: header })) return null
  if (headers.origin === undefined) return isApi(path) ? null : foreignOrigin
  return isOwnOrigin(headers.origin, headers.host, names) ? null : foreignOrigin
}

/** Without APP_URL, the origin is that of the requested host, including the port. */
function isOwnOrigin(origin: string, host: string | undefined, { configured, onlyConfigured }: OwnNames): boolean {
  if (!URL.canParse(origin)) return false
  if (configured.some((url) => new URL(url).origin === origin)) return true
  if (onlyConfigured) return false
  const { protocol, host: from } = new URL(origin)
  return /^https?:$/.test(protocol) && from === new URL(`${protocol}//${host}`).host
}

/** A call passes on a body of any size (DATA §13). */
function bodyRefusal({ headers }: Request, path: string): Refusal | null {
  const length = Number(headers['content-length'] ?? 0)
  if (path === uploadPath) return length > mostUploadBytes ? uploadTooLarge : null
  return !isCallPath(path) && length > mostBodyBytes ? tooLarge : null
}
