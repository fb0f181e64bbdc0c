import { xmlEscape } from '@/lib/domain/encoding'
import { callbackPath } from '@/lib/platform/callback-path'

/** Longer than any callback, and short enough for the URL of a request. */
const mostBytes = 12_000

/**
 * Receives the callback as a form (`response_mode=form_post`). A POST from another site arrives without our cookies, so
 * the browser is first sent to the same URL by GET, with the same parameters. This is a page rather than a redirect,
 * because its link needs no host and therefore works behind every reverse proxy.
 * @see OAuth 2.0 Form Post Response Mode; RFC 6265bis §5.6.7 (SameSite=Lax)
 */
export async function repeatAsGet(request: Pick<Request, 'body'>): Promise<Response> {
  const text = await readAtMost(request.body, mostBytes)
  if (text === null)
    return new Response('The third party’s response is too large.', {
      status: 413,
      headers: pageHeaders('text/plain'),
    })
  return new Response(pageTo(`${callbackPath}?${new URLSearchParams(text)}`), { headers: pageHeaders('text/html') })
}

function pageHeaders(type: string): Record<string, string> {
  return {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  }
}

function pageTo(address: string): string {
  const href = xmlEscape(address)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="0;url=${href}"><title>Authorisation</title></head><body><p>The third party has responded. <a href="${href}">Continue</a></p></body></html>`
}

async function readAtMost(body: ReadableStream<Uint8Array> | null, most: number): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body ?? []) {
    length += piece.length
    if (length > most) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
