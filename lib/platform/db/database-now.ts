import 'server-only'
import { systemDb } from './client'

/** The clock of the database, which all processes share. */
export async function databaseNow(): Promise<Date> {
  const [row] = await systemDb().$queryRaw<{ now: Date }[]>`SELECT now() AS "now"`
  return row!.now
}
