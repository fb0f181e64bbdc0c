import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { isPostgres, type Postmaster } from './postmaster'

/**
 * Every process that uses the server has this lock in shared mode. A process that can get it exclusively is the last
 * one.
 */
const inUseLock = 7_065_127_001

/** How long to try to reconnect a lost session, in milliseconds. */
type Patience = { inUseMs: number; releasedMs: number }
const usualPatience: Patience = { inUseMs: 15_000, releasedMs: 5_000 }
const pauseMs = 50
/** The time that other processes need to reconnect after a restart of the server's processes. */
const othersMs = 1_000

export type Use = {
  /** Stops the server, unless another process still uses it. Resolves to whether it was stopped. */
  release: () => Promise<boolean>
  /** Settles when the server has stopped unexpectedly, or could not be reached for a while. */
  lost: Promise<void>
}

/** Marks the server as in use until this session ends. Waits if the server is being stopped. */
export async function takeInUseLock(session: Client): Promise<void> {
  await session.query(`SELECT pg_advisory_lock_shared(${inUseLock})`)
}

/**
 * Keeps the server marked as in use. If one of its processes is killed, for example when memory is low, Postgres ends
 * all sessions and restarts within a second; the session is then opened and the lock taken again.
 * @param first the session with the lock
 * @param again opens such a session again; null while that is not possible
 */
export function keepInUse(
  first: Client,
  server: Postmaster,
  again: () => Promise<Client | null>,
  patience: Patience = usualPatience,
): Use {
  let session: Client | null = null
  let released = false
  let reconnectedAt = 0
  let reconnecting: Promise<void> = Promise.resolve()
  const lost = Promise.withResolvers<void>()

  function use(client: Client): void {
    session = client
    client.once('end', () => {
      session = null
      if (!released) reconnecting = reconnect()
    })
  }

  async function reconnect(): Promise<void> {
    const since = Date.now()
    const hasTime = () => Date.now() - since < (released ? patience.releasedMs : patience.inUseMs)
    while (hasTime() && isPostgres(server.pid)) {
      const client = await again().catch(() => null)
      if (client) {
        reconnectedAt = Date.now()
        return use(client)
      }
      await sleep(pauseMs)
    }
    if (!released) lost.resolve()
  }

  /** Whether nobody else uses the server; null if the session ends in the meantime. */
  async function isLast(): Promise<boolean | null> {
    // Other processes lost their sessions too. Without their locks, they would seem to have ended.
    await sleep(Math.max(0, reconnectedAt + othersMs - Date.now()))
    return session && askIsLast(session).catch(() => null)
  }

  async function release(): Promise<boolean> {
    released = true
    await reconnecting
    let last = await isLast()
    if (last === null) {
      await reconnect()
      // If this process cannot connect, others cannot either, so this one stops the server.
      last = (await isLast()) ?? isPostgres(server.pid)
    }
    if (last) await stop(server)
    await session?.end().catch(() => {})
    return last
  }

  use(first)
  return { lost: lost.promise, release }
}

async function askIsLast(session: Client): Promise<boolean> {
  await session.query(`SELECT pg_advisory_unlock_shared(${inUseLock})`)
  const { rows } = await session.query<{ alone: boolean }>(`SELECT pg_try_advisory_lock(${inUseLock}) AS alone`)
  return rows[0]!.alone
}

/** Postgres' own fast shutdown: ends all sessions and writes everything to disk. */
async function stop({ pid }: Postmaster): Promise<void> {
  process.kill(pid, 'SIGINT')
  for (let waited = 0; isPostgres(pid); waited += 40) {
    if (waited > 30_000) return void process.kill(pid, 'SIGQUIT')
    await sleep(40)
  }
}
