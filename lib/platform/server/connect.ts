import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { isDatabaseGone } from '@/lib/platform/db/database-gone'
import { PlainError } from './plain-error'
import { stopping, unlessStopped } from './stopping'

/**
 * How long to wait for a database that may still be starting, for example in containers that start together. All in
 * milliseconds.
 */
export type Patience = {
  /** For each attempt, from the first packet to a session. */
  attemptMs: number
  /** For all attempts together. */
  totalMs: number
  pauseMs: number
  /** Between two messages about the waiting. */
  noticeMs: number
}

const usualPatience: Patience = { attemptMs: 5_000, totalMs: 30_000, pauseMs: 500, noticeMs: 3_000 }

/** Errors of a name that cannot be resolved yet, and of a socket that the server has not created yet. */
const passingCodes = new Set(['EAI_AGAIN', 'ENOENT'])
/** The message of pg if a server does not respond. */
const silence = 'timeout expired'

type Failure = { code?: string; message: string }

/**
 * Opens a session. Throws a PlainError if the database refuses, or could not be reached in time; rejects with the
 * signal's reason when asked to stop.
 */
export async function connectPatiently(
  url: string,
  { patience = usualPatience, say = console.error as (line: string) => void, stop = stopping } = {},
): Promise<Client> {
  const deadline = Date.now() + patience.totalMs
  let lastNotice = -Infinity
  for (let attempt = 1; ; attempt += 1) {
    const remaining = Math.max(1, deadline - Date.now())
    const client = makeClient(url, Math.min(patience.attemptMs, remaining))
    const place = `${client.host}:${client.port}`
    if (attempt > 1 && Date.now() - lastNotice >= patience.noticeMs) {
      lastNotice = Date.now()
      say(`Waiting for the database at ${place}, attempt ${attempt}`)
    }
    try {
      await unlessStopped(client.connect(), 0, stop)
      return client
    } catch (error) {
      // Not awaited, because a server that does not respond does not close the connection either.
      void client.end().catch(() => {})
      stop.throwIfAborted()
      const failure = error as Failure
      if (!mayPass(failure)) throw new PlainError(refused(place, failure))
      if (Date.now() + patience.pauseMs >= deadline) throw new PlainError(notReached(place, attempt, patience, failure))
    }
    await sleep(patience.pauseMs, undefined, { signal: stop })
  }
}

function makeClient(url: string, connectionTimeoutMillis: number): Client {
  const options = { connectionString: url, application_name: 'patchbay launcher', keepAlive: true }
  const client = new Client({ ...options, connectionTimeoutMillis })
  // A lost connection is an error of the next query, not of the process.
  client.on('error', () => {})
  return client
}

/** Whether the failure may be temporary: nothing listens yet, the server does not respond, is starting or is full. */
function mayPass(failure: Failure): boolean {
  return isDatabaseGone(failure) || passingCodes.has(failure.code ?? '')
}

function refused(place: string, { code, message }: Failure): string {
  return `The database at ${place} cannot be used: ${message || code}\nCheck DATABASE_URL.`
}

function notReached(place: string, attempts: number, patience: Patience, { code, message }: Failure): string {
  const reason = message === silence ? 'no response' : message || code
  return (
    `The database at ${place} cannot be reached: ${attempts} attempts in ${patience.totalMs / 1000} seconds have failed.\n` +
    `The last one: ${reason}\n` +
    'Check that PostgreSQL is running there, that host and port in DATABASE_URL are right, and that no firewall is in between.'
  )
}
