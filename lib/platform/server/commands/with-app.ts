import { openDatabase } from '../database'
import { loadEnvironment } from '../environment'
import { locked } from '../locked'
import { migrate } from '../migrate'
import { generatePrismaClient } from '../prisma-client'
import { readKeyring } from '../secrets'
import { checkSentinel } from '../sentinel'

/** Opens the database that `npm start` would use (a running built-in one is joined) for the app's own code. */
export async function withApp<T>(work: () => Promise<T>): Promise<T> {
  loadEnvironment()
  process.env.PATCHBAY_LOG_LEVEL ||= 'error'
  const database = await openDatabase()
  try {
    await locked(database.session, async () => {
      await generatePrismaClient()
      await migrate(database.session, database.url)
    })
    await checkSentinel(database.session, readKeyring())
    return await work()
  } finally {
    await database.close()
  }
}
