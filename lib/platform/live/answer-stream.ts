import 'server-only'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sessionClaims } from '@/lib/platform/session/cookie'
import { findUnattended } from '@/lib/platform/session/person'
import { eventStream } from './event-stream'
import type { Topic } from './topics'

type Followed = {
  topic: Topic
  /** As for openStream. @param since the time of the data on the page; default: now */
  read: (actor: PersonActor, since: Date) => Promise<unknown>
}

/**
 * Handles the GET request of a route that pages follow. Only for pages of this installation, and signed-in people.
 * `?since=` is the time of the data on the page; when the browser reconnects, it sends the ID of its last event
 * instead.
 * @returns 401 and 403, after which the browser stops trying
 */
export async function answerStream(request: Request, { topic, read }: Followed): Promise<Response> {
  const from = request.headers.get('sec-fetch-site')
  if (from !== null && from !== 'same-origin') return new Response(null, { status: 403 })
  const session = await sessionClaims()
  if (session === null || (await findUnattended(session)) === null) return new Response(null, { status: 401 })
  const since = timeIn(new URL(request.url).searchParams.get('since'))
  const lastEvent = request.headers.get('last-event-id')
  const shown = new Date(since ?? Date.now())
  return eventStream({
    topic,
    session,
    knownUntil: lastEvent === null ? since : timeIn(lastEvent),
    read: (actor) => read(actor, shown),
    gone: request.signal,
  })
}

/** In milliseconds; null if the text is not a time. */
function timeIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
