import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { isPostgres, type Postmaster } from './postmaster'

/** Held shared by every process that uses the server; the process that gets it alone is the last one. */
const inUseLock = 7_065_127_001

/** How long a lost session is tried for; in milliseconds. */
type Patience = { inUseMs: number; releasedMs: number }
const usualPatience: Patience = { inUseMs: 15_000, releasedMs: 5_000 }
const pauseMs = 50
/** What another process needs to be back after a restart of the server's processes. */
const othersMs = 1_000

export type Use = {
  /** Stops the server, unless another process still uses it. Answers whether it stopped. */
  release: () => Promise<boolean>
  /** Settles when the server goes away without being asked to, or is not reached for a while. */
  lost: Promise<void>
}

/** Says on this session that the server is in use: until the session ends. Waits for a server that is being stopped. */
export async function takeInUseLock(session: Client): Promise<void> {
  await session.query(`SELECT pg_advisory_lock_shared(${inUseLock})`)
}

/**
 * Keeps the server in use. When one of its processes is killed (for want of memory, say), Postgres ends every session
 * and is back within a second: the session and its lock are then taken again.
 * @param first holds the lock
 * @param again opens such a session once more; null while that is not possible
 */
export function keepInUse(
  first: Client,
  server: Postmaster,
  again: () => Promise<Client | null>,
  patience: Patience = usualPatience,
): Use {
  let session: Client | null = null
  let released = false
  let cameBackAt = 0
  let comingBack: Promise<void> = Promise.resolve()
  const lost = Promise.withResolvers<void>()

  function hold(client: Client): void {
    session = client
    client.once('end', () => {
      session = null
      if (!released) comingBack = comeBack()
    })
  }

  async function comeBack(): Promise<void> {
    const since = Date.now()
    const hasTime = () => Date.now() - since < (released ? patience.releasedMs : patience.inUseMs)
    while (hasTime() && isPostgres(server.pid)) {
      const client = await again().catch(() => null)
      if (client) {
        cameBackAt = Date.now()
        return hold(client)
      }
      await sleep(pauseMs)
    }
    if (!released) lost.resolve()
  }

  /** Whether nobody else uses the server; null when the session ends meanwhile. */
  async function isLast(): Promise<boolean | null> {
    // The others lost their sessions too: without their locks they would be taken for gone.
    await sleep(Math.max(0, cameBackAt + othersMs - Date.now()))
    return session && askIsLast(session).catch(() => null)
  }

  async function release(): Promise<boolean> {
    released = true
    await comingBack
    let last = await isLast()
    if (last === null) {
      await comeBack()
      // A server that lets nobody in is of no use to others either, and has to have an owner who stops it.
      last = (await isLast()) ?? isPostgres(server.pid)
    }
    if (last) await stop(server)
    await session?.end().catch(() => {})
    return last
  }

  hold(first)
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
