import type { IncomingMessage, ServerResponse } from 'node:http'
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
  const asPage = wantsPage(request)
  const body = Buffer.from(asPage ? refusalPage(refusal) : `${refusalMark}${refusal.text}`)
  response.writeHead(refusal.status, {
    // Next's own script shows the text of a failed action only with exactly this type.
    'content-type': asPage ? 'text/html; charset=utf-8' : 'text/plain',
    'content-length': body.byteLength,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src ${reloadScriptSource}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    ...refusal.headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function wantsPage({ headers }: IncomingMessage): boolean {
  if (headers['next-action'] !== undefined || headers.rsc !== undefined) return false
  return headers.accept?.includes('text/html') ?? false
}
