import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { PlainError } from '../plain-error'
import { openCluster, type Cluster } from './cluster'
import { keepInUse, takeInUseLock, type Use } from './in-use'
import { findPostmaster, startPostmaster, type Postmaster } from './postmaster'

const database = 'patchbay'
const startTimeoutMs = 60_000
const connectTimeoutMs = 5_000
const cancelMs = 5_000
const mostAttempts = 4

export type BuiltInDatabase = Use & {
  url: string
  /** True if another process had started the server. */
  joined: boolean
}

/**
 * Starts the Postgres of a data folder, or joins the one that another process started there. A lock in the server,
 * which ends with its connection, says who uses it, so a killed process leaves nothing to clean up.
 * @param stop stops waiting for a server that does not start, and ends that server
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
    if (session) {
      const use = keepInUse(session, running, () => connect(running, cluster.password))
      return { url: urlOf(running, cluster.password, database), joined: attempt === null, ...use }
    }
    // An attempt fails without harm if another process took the files or the port first. Then look again.
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
    connectionTimeoutMillis: connectTimeoutMs,
  })
  try {
    await client.connect()
    client.on('error', () => {})
    await takeInUseLock(client)
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
    // Created by another process in the meantime: duplicate_database, or a violation of the unique index.
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}

function urlOf({ port }: Postmaster, password: string, name: string): string {
  return `postgres://patchbay:${password}@127.0.0.1:${port}/${name}`
}
