import 'server-only'
import pg from 'pg'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'

/** A connection that only listens. It would not notice that it is broken, so it sends a query every 15 seconds. */

const askEveryMs = 15_000
const shortestWaitMs = 250
const longestWaitMs = 10_000

type Listening = {
  channels: readonly string[]
  onSignal: (channel: string, payload: string) => void
  /** Called when it listens, for the first time or again. Signals that were sent before are lost. */
  onConnected: () => void
  onLost: () => void
}

/**
 * Listens until it is closed, and opens a new connection whenever one breaks.
 * @returns a function that closes it
 */
export function listen(listening: Listening): () => Promise<void> {
  let closed = false
  let client: pg.Client | null = null
  let waitMs = shortestWaitMs
  let timer: NodeJS.Timeout | undefined

  const open = async () => {
    const opened = new pg.Client({
      connectionString: env().DATABASE_URL,
      application_name: 'patchbay live',
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      keepAlive: true,
    })
    client = opened
    let lost = false
    const lose = (error?: unknown) => {
      if (lost) return
      lost = true
      clearInterval(asking)
      opened.removeAllListeners('notification')
      void opened.end().catch(() => {})
      if (closed) return
      logger().debug({ error }, 'the connection for live updates broke')
      listening.onLost()
      timer = setTimeout(() => void open(), waitMs)
      timer.unref()
      waitMs = Math.min(longestWaitMs, waitMs * 2)
    }
    opened.on('error', lose)
    opened.on('end', () => lose())
    opened.on('notification', ({ channel, payload = '' }) => listening.onSignal(channel, payload))
    const asking = setInterval(() => void opened.query('SELECT 1').catch(lose), askEveryMs)
    asking.unref()
    try {
      await opened.connect()
      await opened.query(listening.channels.map((channel) => `LISTEN "${channel}"`).join('; '))
      waitMs = shortestWaitMs
      if (!lost) listening.onConnected()
    } catch (error) {
      lose(error)
    }
  }
  void open()
  return async () => {
    closed = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  }
}
