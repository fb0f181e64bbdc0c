import 'server-only'
import { sessionClaims } from '@/lib/platform/session/cookie'
import { findUnattended } from '@/lib/platform/session/person'
import { eventStream } from './event-stream'
import type { StreamRequest } from './open-stream'

/**
 * The GET of a route that pages follow: their own pages only, signed in. `?since=` is the time of what the page shows;
 * after a break the browser sends the id of its last event instead.
 * @returns 401 and 403 end the browser's attempts
 */
export async function answerStream(
  request: Request,
  followed: Pick<StreamRequest, 'topic' | 'read'>,
): Promise<Response> {
  const from = request.headers.get('sec-fetch-site')
  if (from !== null && from !== 'same-origin') return new Response(null, { status: 403 })
  const session = await sessionClaims()
  if (session === null || (await findUnattended(session)) === null) return new Response(null, { status: 401 })
  const known = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('since')
  return eventStream({ ...followed, session, knownUntil: timeIn(known), gone: request.signal })
}

/** In milliseconds; what is no time is not known. */
function timeIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
