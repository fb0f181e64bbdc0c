import 'server-only'
import { whenEnding } from '@/lib/platform/at-end'
import { stopListening } from './listener'
import { openStream, type StreamRequest } from './open-stream'

/** Server-sent events for one person's page. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */

export const mostStreamsOfPerson = 8
const mostStreams = 500

type Stream = { userId: string; close: () => void }
type Streams = { open: Set<Stream>; isEnding: boolean }

// The streams of the process, which survive hot reloads in development.
const holder = globalThis as { patchbayStreams?: Streams }
const streams = (holder.patchbayStreams ??= { open: new Set(), isEnding: false })

whenEnding('live streams', () => {
  streams.isEnding = true
  for (const { close } of streams.open) close()
  void stopListening()
})

type Followed = StreamRequest & {
  /** Aborts when the browser has left. */
  gone: AbortSignal
}

/**
 * Sends an event whenever the topic changes in the workspace of the session, until the session ends.
 * @returns 429 if the person has too many streams, 503 if the process has too many or is stopping
 */
export function eventStream({ gone, ...request }: Followed): Response {
  const { userId } = request.session
  const own = [...streams.open].filter((stream) => stream.userId === userId)
  if (own.length >= mostStreamsOfPerson) return new Response(null, { status: 429 })
  if (streams.open.size >= mostStreams || streams.isEnding || gone.aborted) return new Response(null, { status: 503 })
  const { body, close, closed } = openStream(request)
  const stream = { userId, close }
  streams.open.add(stream)
  gone.addEventListener('abort', close, { once: true })
  void closed.then(() => {
    streams.open.delete(stream)
    gone.removeEventListener('abort', close)
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Proxies must not delay events by compressing or buffering them.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  })
}
