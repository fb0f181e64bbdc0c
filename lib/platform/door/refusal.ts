import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode } from '@/lib/domain/errors'
import { refusalMark } from './refusal-mark'
import { refusalPage, reloadScriptSource } from './refusal-page'

/** A response of the server itself, before or instead of the app. */
export type Refusal = {
  status: number
  title: string
  /** What happened, why, and what to do; sentences for people. */
  text: string
  headers?: Record<string, string>
  /** The page reloads by itself when `/health/ready` succeeds. */
  reloadsWhenReady?: true
}

/** The original methods of a response, before they were wrapped. */
export type RawResponse = Pick<ServerResponse, 'writeHead' | 'end'>

/** Sends a page to people, or a line of text to scripts. Node discards the body of the request. */
export function sendRefusal(request: IncomingMessage, response: RawResponse, refusal: Refusal): void {
  const { type, text } = refusalBody(request, refusal)
  const body = Buffer.from(text)
  response.writeHead(refusal.status, {
    'content-type': type,
    'content-length': body.byteLength,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src ${reloadScriptSource}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    ...refusal.headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function refusalBody(request: IncomingMessage, refusal: Refusal): { type: string; text: string } {
  if (/^\/api\/(v1\/|mcp(\?|$))/.test(request.url ?? ''))
    return { type: 'application/problem+json', text: problemOf(refusal) }
  if (wantsPage(request)) return { type: 'text/html; charset=utf-8', text: refusalPage(refusal) }
  // Next's own script shows the text of a failed action only with exactly this type.
  return { type: 'text/plain', text: `${refusalMark}${refusal.text}` }
}

/** As the API refuses (RFC 9457). */
function problemOf(refusal: Refusal): string {
  const { status, title, text } = refusal
  const code = problemCodeOf(refusal)
  return JSON.stringify({ type: `urn:patchbay:problem:${code}`, title, status, detail: text, code })
}

/** The code of a refusal in the API. */
export function problemCodeOf({ status }: Refusal): ErrorCode {
  return problemCodes[status] ?? 'malformed_request'
}

const problemCodes: Readonly<Record<number, ErrorCode>> = {
  403: 'not_allowed',
  405: 'method_not_allowed',
  413: 'request_too_large',
  503: 'unavailable',
}

function wantsPage({ headers }: IncomingMessage): boolean {
  if (headers['next-action'] !== undefined || headers.rsc !== undefined) return false
  return headers.accept?.includes('text/html') ?? false
}
