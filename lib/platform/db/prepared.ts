import 'server-only'
import pg from 'pg'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'

/**
 * Statements that every call sends, prepared once per connection. The client of the other queries takes a millisecond of
 * its own for each; here a call must not notice it. Each statement names its workspace itself.
 */

const mostConnections = 4

// One pool for the process, kept across hot reloads in development.
const holder = globalThis as { patchbayPrepared?: pg.Pool }

function createPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    application_name: 'patchbay calls',
    max: mostConnections,
    // Commands and tests end when their work does.
    allowExitOnIdle: true,
  })
  // An idle connection that breaks is replaced by the next query.
  pool.on('error', (error) => logger().debug({ error }, 'an idle database connection broke'))
  return pool
}

/** The name tells the server which statement it knows already: one name, one text. */
export type PreparedStatement = { name: string; text: string }

export async function runPrepared<Row extends object>(
  statement: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const pool = (holder.patchbayPrepared ??= createPool())
  const { rows } = await pool.query<Row>({ ...statement, values: [...values] })
  return rows
}
