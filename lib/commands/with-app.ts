import { openDatabase, type Database } from '@/lib/platform/server/database'
import { loadSettings } from '@/lib/platform/server/environment'
import { locked } from '@/lib/platform/server/locked'
import { migrate } from '@/lib/platform/server/migrate'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { listenForSignals, stopping, unlessStopped } from '@/lib/platform/server/stopping'

/** Opens the database that `npm start` would use (or joins a running built-in one) for the app's own code. */
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

/** Work that takes longer checks itself whether to stop, and leaves nothing unfinished. */
const lastStepMs = 2_000

/** Opens that database without migrating it. Ctrl-C closes it too, so that no built-in one stays running. */
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
