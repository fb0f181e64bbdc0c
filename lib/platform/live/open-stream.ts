import 'server-only'
import type { PersonActor } from '@/lib/domain/access/actor'
import { isDatabaseGone } from '@/lib/platform/db/database-gone'
import { logger } from '@/lib/platform/log/logger'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { findUnattended } from '@/lib/platform/session/person'
import { follow, isCertainlyQuietSince } from './listener'
import { paceReads } from './pace-reads'
import type { Topic } from './topics'

const heartbeatMs = 10_000
/** How soon a browser reconnects, in milliseconds. */
const retryMs = 2_000
/** The limit for unread events: the browser is gone or suspended. */
const mostUnread = 50

export type StreamRequest = {
  topic: Topic
  session: SessionClaims
  /** The time until which the page is up to date: that of its last event, or of its data. Null: unknown. */
  knownUntil: number | null
  /** Reads the data of an event by an operation, as the person of the session. Null: nothing that concerns the page. */
  read: (actor: PersonActor) => Promise<unknown>
}

/** Returns the body of the stream, a function that closes it, and a promise that settles when it is closed. */
export function openStream({ topic, session, knownUntil, read }: StreamRequest): {
  body: ReadableStream<Uint8Array>
  close: () => void
  closed: Promise<void>
} {
  const { promise: closed, resolve: end } = Promise.withResolvers<void>()
  const encoder = new TextEncoder()
  let output: ReadableStreamDefaultController<Uint8Array> | null = null
  let isOver = false

  const close = () => {
    if (isOver) return
    isOver = true
    stopFollowing()
    clearInterval(heartbeat)
    reads.stop()
    output?.close()
    end()
  }
  const write = (text: string) => {
    if (isOver || text === '') return
    if ((output?.desiredSize ?? 0) < -mostUnread) return close()
    output?.enqueue(encoder.encode(text))
  }
  /**
   * The session is read again each time, so that nothing is sent after it has ended. @returns whether it could be read
   */
  const writeIfSignedIn = async (textFor: (actor: PersonActor) => Promise<string> | string): Promise<boolean> => {
    try {
      const actor = await findUnattended(session)
      if (actor === null) close()
      else write(await textFor(actor))
      return true
    } catch (error) {
      // Tried again with the next heartbeat.
      if (!isDatabaseGone(error)) logger().error({ error }, 'a live stream could not be written')
      return false
    }
  }
  const reads = paceReads(() => {
    const id = Date.now()
    return writeIfSignedIn(async (actor) => {
      const data = await read(actor)
      return data === null ? '' : `id: ${id}\nevent: changed\ndata: ${JSON.stringify(data)}\n\n`
    })
  })
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
  const stopFollowing = follow(topic, session.workspaceId, reads.signal)
  const heartbeat = setInterval(() => {
    void writeIfSignedIn(() => ': heartbeat\n\n')
    reads.tryAgain()
  }, heartbeatMs)
  const isQuiet = knownUntil !== null && isCertainlyQuietSince(topic, session.workspaceId, knownUntil)
  // No ID before the page gets what it may have missed: if this stream breaks too, the browser asks for it again.
  write(`retry: ${retryMs}\n${isQuiet ? `id: ${opened}\n` : ''}\n`)
  if (!isQuiet) reads.signal()
  return { body, close, closed }
}
