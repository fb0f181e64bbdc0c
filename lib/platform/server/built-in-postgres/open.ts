import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { PlainError } from '../plain-error'
import { openCluster, type Cluster } from './cluster'
import { findPostmaster, isPostgres, startPostmaster, type Postmaster } from './postmaster'

const database = 'patchbay'
/** Held shared by every process that uses the server; whoever gets it alone is the last one. */
const inUseLock = 7_065_127_001
const startTimeoutMs = 60_000
const cancelMs = 5_000
const mostAttempts = 4

export type BuiltInDatabase = {
  url: string
  /** True when another process had started the server. */
  joined: boolean
  /** Stops the server, unless another process still uses it. Answers whether it stopped. */
  release: () => Promise<boolean>
  /** Settles when the server goes away without being asked to. */
  lost: Promise<void>
}

/**
 * Starts the Postgres of a data folder, or joins the one that another process started there. Who uses the server is
 * known to the server itself (a lock that ends with its connection), so a killed process leaves nothing to clean up.
 * @param stop ends the waiting for a server that does not start, and that server
 */
export async function openBuiltInDatabase(dataFolder: string, stop?: AbortSignal): Promise<BuiltInDatabase> {
  const cluster = openCluster(dataFolder)
  const deadline = Date.now() + startTimeoutMs
  let attempts = 0
  let attempt: Attempt | null = null
  while (Date.now() < deadline) {
    if (stop?.aborted) await attempt?.cancel()
    stop?.throwIfAborted()
    const running = findPostmaster(cluster.folder)
    const session = running && (await connect(running, cluster.password))
    if (session) return inUse(session, running, cluster.password, attempt === null)
    // An attempt fails harmlessly when another process was quicker to take the files or the port: then look again.
    if (attempt?.over && attempts === mostAttempts) break
    if (!running && (attempt === null || attempt.over)) {
      attempts += 1
      attempt = await startAttempt(cluster)
    }
    await sleep(40)
  }
  throw new PlainError(`The built-in database in ${cluster.folder} does not start.\n${attempt?.log ?? ''}`.trim())
}

type Attempt = { over: boolean; log: string; cancel: () => Promise<void> }

async function startAttempt(cluster: Cluster): Promise<Attempt> {
  const { ended, end } = await startPostmaster(cluster)
  const cancel = async () => {
    end()
    await Promise.race([ended, sleep(cancelMs)])
  }
  const attempt: Attempt = { over: false, log: '', cancel }
  void ended.then((log) => Object.assign(attempt, { over: true, log }))
  return attempt
}

/** Null while the server is starting up or shutting down. */
async function connect(server: Postmaster, password: string): Promise<Client | null> {
  const client = new Client({
    connectionString: urlOf(server, password, 'postgres'),
    application_name: 'patchbay launcher',
    keepAlive: true,
  })
  try {
    await client.connect()
    client.on('error', () => {})
    await client.query(`SELECT pg_advisory_lock_shared(${inUseLock})`)
    await createDatabase(client)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    if ((error as { code?: string }).code === '28P01') {
      throw new PlainError(
        'The built-in database refuses the password in the data folder (file database-password): it does not belong to these files.',
      )
    }
    return null
  }
}

async function createDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  if (rowCount) return
  await client.query(`CREATE DATABASE ${database}`).catch((error: { code?: string }) => {
    // Made by another process in the meantime: duplicate_database, or the same seen by its unique index.
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}

function urlOf({ port }: Postmaster, password: string, name: string): string {
  return `postgres://patchbay:${password}@127.0.0.1:${port}/${name}`
}

function inUse(session: Client, server: Postmaster, password: string, joined: boolean): BuiltInDatabase {
  let released = false
  return {
    url: urlOf(server, password, database),
    joined,
    lost: new Promise((resolve) => session.once('end', () => (released ? undefined : resolve()))),
    release: async () => {
      released = true
      const last = await isLast(session).catch(() => false)
      if (last) await stop(server)
      await session.end().catch(() => {})
      return last
    },
  }
}

async function isLast(session: Client): Promise<boolean> {
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
