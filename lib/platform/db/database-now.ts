import 'server-only'
import { systemDb } from './client'

/** The database's clock: the one that all processes share. */
export async function databaseNow(): Promise<Date> {
  const [row] = await systemDb().$queryRaw<{ now: Date }[]>`SELECT now() AS "now"`
  return row!.now
}
