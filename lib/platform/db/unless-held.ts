import 'server-only'
import pg from 'pg'
import { env } from '@/lib/platform/env'

/**
 * Does the work unless work with the same name is being done, by any process; then returns null. For rare work that
 * takes long and must not hold a transaction open: the lock belongs to a database session of its own, and ends with it
 * if the process dies.
 * @param name with the id it belongs to: `test mail:<workspace id>`
 */
export async function unlessHeld<Value>(name: string, work: () => Promise<Value>): Promise<Value | null> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: 'patchbay lock',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // If the session is lost, only the lock is.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS "taken"',
      [name],
    )
    return rows[0]?.taken ? await work() : null
  } finally {
    await client.end().catch(() => {})
  }
}
