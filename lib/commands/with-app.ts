import { openDatabase, type Database } from '@/lib/platform/server/database'
import { loadSettings } from '@/lib/platform/server/environment'
import { locked } from '@/lib/platform/server/locked'
import { migrate } from '@/lib/platform/server/migrate'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { listenForSignals, stopping, unlessStopped } from '@/lib/platform/server/stopping'

/** Opens the database that `npm start` would use (a running built-in one is joined) for the app's own code. */
export async function withApp<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return withDatabase(async (database) => {
    await locked(database.session, async () => {
      await generatePrismaClient()
      await migrate(database.session, database.url)
    })
    await checkSentinel(database.session, database.keyring)
    return work(database)
  })
}

/** What takes longer looks itself whether it is to stop, and leaves nothing unfinished. */
const lastStepMs = 2_000

/** Opens that database as it is. Ctrl-C gives it back too, so that no built-in one is left running. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const settings = loadSettings()
  process.env.PATCHBAY_LOG_LEVEL ||= 'error'
  listenForSignals()
  const database = await openDatabase(settings)
  try {
    stopping.throwIfAborted()
    return await unlessStopped(work(database), lastStepMs)
  } finally {
    await database.close()
  }
}
