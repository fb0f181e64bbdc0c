import type { Client } from 'pg'
import { checkout } from './environment'
import { unlessStopped } from './stopping'

/** Lets only one process at a time work on the files of this checkout. The others wait, and then find the work done. */
export async function locked<T>(database: Client, work: () => Promise<T>): Promise<T> {
  await unlessStopped(database.query(`SELECT pg_advisory_lock(hashtextextended($1, 0))`, [checkout]))
  try {
    return await work()
  } finally {
    await database.query(`SELECT pg_advisory_unlock(hashtextextended($1, 0))`, [checkout]).catch(() => {})
  }
}
