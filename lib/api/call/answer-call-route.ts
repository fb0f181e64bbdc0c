import 'server-only'
import { Readable } from 'node:stream'
import { answerCall } from './answer-call'

/** A call that arrives through the framework, in development (`handle-call.ts`). */
export async function answerCallRoute(request: Request): Promise<Response> {
  const { method, headers } = request
  const { pathname, search } = new URL(request.url)
  const length = headers.get('content-length')
  const outgoing = await answerCall(
    {
      ...{ method, headers, url: pathname + search, pairs: [...headers] },
      body: request.body as AsyncIterable<Uint8Array> | null,
      bodyLength: length === null ? null : Number(length),
    },
    pathname,
  )
  const { status, body } = outgoing
  const hasBody = ![204, 205, 304].includes(status)
  const stream = body instanceof Readable ? (Readable.toWeb(body) as ReadableStream<Uint8Array>) : body
  return new Response(hasBody ? stream : null, { status, headers: outgoing.headers })
}
