import { openDatabase } from '@/lib/platform/server/database'
import { loadSettings } from '@/lib/platform/server/environment'
import { locked } from '@/lib/platform/server/locked'
import { migrate } from '@/lib/platform/server/migrate'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { checkSentinel } from '@/lib/platform/server/sentinel'

/** Opens the database that `npm start` would use (a running built-in one is joined) for the app's own code. */
export async function withApp<T>(work: () => Promise<T>): Promise<T> {
  const settings = loadSettings()
  process.env.PATCHBAY_LOG_LEVEL ||= 'error'
  const database = await openDatabase(settings)
  try {
    await locked(database.session, async () => {
      await generatePrismaClient()
      await migrate(database.session, database.url)
    })
    await checkSentinel(database.session, database.keyring)
    return await work()
  } finally {
    await database.close()
  }
}
