import 'server-only'
import pg from 'pg'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'

/**
 * Statements that every call sends. They are prepared once on their own connection, because Prisma takes a millisecond
 * for each query, and a pool a turn of the event loop. The connection stays open until the process ends, so that others
 * notice when the holder of a lease dies. Each statement names its workspace itself.
 */

/** The name identifies a prepared statement: one name, one text. */
export type PreparedStatement = { name: string; text: string }

/** The types of pg do not contain these two methods. */
type Client = pg.Client & { ref: () => void; unref: () => void }
type Connection = { client: Client; ready: Promise<unknown>; isReady: boolean; underWay: number }

// One connection per lane and process, also across hot reloads in development. A slow statement does not delay other
// lanes.
const holder = globalThis as { patchbayLanes?: Map<string, Connection> }
const lanes: Map<string, Connection> = (holder.patchbayLanes ??= new Map())

export type Lane = 'checks' | 'request log' | 'token leases'

function open(lane: Lane): Connection {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: `patchbay ${lane}`,
    keepAlive: true,
    // Statements are pipelined: none waits for the result of the one before it.
    pipeline: true,
  }) as Client
  const connection: Connection = { client, ready: prepare(client), isReady: false, underWay: 0 }
  const close = () => {
    if (lanes.get(lane) === connection) lanes.delete(lane)
  }
  // The next statement opens a new connection.
  client.on('error', (error) => {
    logger().debug({ error }, 'a database connection broke')
    close()
  })
  client.on('end', close)
  connection.ready.then(
    () => (connection.isReady = true),
    () => {
      close()
      void client.end().catch(() => {})
    },
  )
  lanes.set(lane, connection)
  return connection
}

/**
 * Planning for each set of values would cost more than the statement itself, so Postgres uses one generic plan.
 */
async function prepare(client: Client): Promise<void> {
  await client.connect()
  await client.query('SET plan_cache_mode = force_generic_plan')
}

/** If the connection is open, the statement is sent before this returns. */
export async function runPrepared<Row extends object>(
  lane: Lane,
  statement: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const connection = lanes.get(lane) ?? open(lane)
  const { client } = connection
  // Commands and tests end when their work does.
  if ((connection.underWay += 1) === 1 && connection.isReady) client.ref()
  try {
    if (!connection.isReady) await connection.ready
    return (await client.query<Row>({ ...statement, values: [...values] })).rows
  } finally {
    if ((connection.underWay -= 1) === 0) client.unref()
  }
}

/** For a statement that only reads: if the connection breaks, it is sent again over a new one. */
export async function readPrepared<Row extends object>(
  lane: Lane,
  statement: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const connection = lanes.get(lane)
  try {
    return await runPrepared<Row>(lane, statement, values)
  } catch (error) {
    if (connection === undefined || lanes.get(lane) === connection) throw error
    return runPrepared<Row>(lane, statement, values)
  }
}
