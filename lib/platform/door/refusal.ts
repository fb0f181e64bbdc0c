import type { IncomingMessage, ServerResponse } from 'node:http'
import { refusalMark } from './refusal-mark'
import { refusalPage, reloadScriptSource } from './refusal-page'

/** What the server says itself, before or instead of the app. */
export type Refusal = {
  status: number
  title: string
  /** What happened, why, and what to do; sentences for people. */
  text: string
  headers?: Record<string, string>
  /** The page loads again by itself once `/health/ready` says so. */
  reloadsWhenReady?: true
}

/** The methods of a response as they were before anybody wrapped them. */
export type RawResponse = Pick<ServerResponse, 'writeHead' | 'end'>

/** A page for people; a line of text for scripts. The body of the request is read and thrown away by Node. */
export function sendRefusal(request: IncomingMessage, response: RawResponse, refusal: Refusal): void {
  const asPage = wantsPage(request)
  const body = Buffer.from(asPage ? refusalPage(refusal) : `${refusalMark}${refusal.text}`)
  response.writeHead(refusal.status, {
    // Next's own script shows the text of a failed action only where the type is just this.
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
