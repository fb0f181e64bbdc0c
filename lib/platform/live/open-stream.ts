import 'server-only'
import type { PersonActor } from '@/lib/domain/access/actor'
import { isDatabaseGone } from '@/lib/platform/db/database-gone'
import { logger } from '@/lib/platform/log/logger'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { findUnattended } from '@/lib/platform/session/person'
import { follow, isCertainlyQuietSince } from './listener'
import type { Topic } from './topics'

const heartbeatMs = 10_000
/** Many signals in a row are one event. */
const shortestPauseMs = 500
/** How soon a browser comes back, in milliseconds. */
const retryMs = 2_000
/** Events that nobody reads: the browser is gone, or asleep. */
const mostUnread = 50

export type StreamRequest = {
  topic: Topic
  session: SessionClaims
  /** What the page knows already: the time of its last event, or of what it shows. Null: nothing. */
  knownUntil: number | null
  /** What an event says, read as the person of the session, by an operation. Null: nothing that concerns the page. */
  read: (actor: PersonActor) => Promise<unknown>
}

/** The stream's text, a way to end it, and its end. */
export function openStream({ topic, session, knownUntil, read }: StreamRequest): {
  body: ReadableStream<Uint8Array>
  close: () => void
  closed: Promise<void>
} {
  const { promise: closed, resolve: end } = Promise.withResolvers<void>()
  const encoder = new TextEncoder()
  let output: ReadableStreamDefaultController<Uint8Array> | null = null
  let pause: NodeJS.Timeout | null = null
  let isOver = false

  const close = () => {
    if (isOver) return
    isOver = true
    stopFollowing()
    clearInterval(heartbeat)
    if (pause) clearTimeout(pause)
    output?.close()
    end()
  }
  const write = (text: string) => {
    if (isOver || text === '') return
    if ((output?.desiredSize ?? 0) < -mostUnread) return close()
    output?.enqueue(encoder.encode(text))
  }
  /** The session is read again each time: one that has ended gets nothing more. */
  const writeIfSignedIn = async (textFor: (actor: PersonActor) => Promise<string> | string) => {
    try {
      const actor = await findUnattended(session)
      if (actor === null) return close()
      write(await textFor(actor))
    } catch (error) {
      // Once the database is back, the listener signals.
      if (!isDatabaseGone(error)) logger().error({ error }, 'a live stream could not be written')
    }
  }
  const signal = () => {
    pause ??= setTimeout(() => {
      pause = null
      const id = Date.now()
      void writeIfSignedIn(async (actor) => {
        const data = await read(actor)
        return data === null ? '' : `id: ${id}\nevent: changed\ndata: ${JSON.stringify(data)}\n\n`
      })
    }, shortestPauseMs)
  }
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      output = controller
    },
    cancel: () => {
      output = null
      close()
    },
  })
  const opened = Date.now()
  const stopFollowing = follow(topic, session.workspaceId, signal)
  const heartbeat = setInterval(() => void writeIfSignedIn(() => ': heartbeat\n\n'), heartbeatMs)
  const isQuiet = knownUntil !== null && isCertainlyQuietSince(topic, session.workspaceId, knownUntil)
  // What the page may have missed has no id before it is told: a browser that loses this stream too asks again.
  write(`retry: ${retryMs}\n${isQuiet ? `id: ${opened}\n` : ''}\n`)
  if (!isQuiet) signal()
  return { body, close, closed }
}
