import { callbackPath, formPostPath } from './callback-path'

/** More than any callback holds, and little enough for the address line of a request. */
const mostBytes = 12_000

const formType = 'application/x-www-form-urlencoded'

/** A third party's form rather than one of our own server actions, which come with a header or as multipart. */
export function isFormPost(method: string, pathname: string, headers: Pick<Headers, 'get'>): boolean {
  if (method !== 'POST' || (pathname !== callbackPath && pathname !== formPostPath)) return false
  return (headers.get('content-type') ?? '').toLowerCase().startsWith(formType) && headers.get('next-action') === null
}

/**
 * The callback as a form (`response_mode=form_post`). Another site's POST comes without our cookies, so the browser is
 * asked to come again by GET, with the same parameters, before anything is looked up.
 * @see OAuth 2.0 Form Post Response Mode; RFC 6265bis §5.6.7 (SameSite=Lax)
 */
export async function comeAgainByGet(request: Request): Promise<Response> {
  if (!isFormPost(request.method, callbackPath, request.headers)) return new Response(null, { status: 415 })
  const text = await readAtMost(request, mostBytes)
  if (text === null) return new Response(null, { status: 413 })
  const location = `${callbackPath}?${new URLSearchParams(text)}`
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
}

async function readAtMost(request: Request, most: number): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of request.body ?? []) {
    length += piece.length
    if (length > most) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
