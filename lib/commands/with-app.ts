import { openDatabase } from '@/lib/platform/server/database'
import { loadEnvironment } from '@/lib/platform/server/environment'
import { locked } from '@/lib/platform/server/locked'
import { migrate } from '@/lib/platform/server/migrate'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { readKeyring } from '@/lib/platform/server/secrets'
import { checkSentinel } from '@/lib/platform/server/sentinel'

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
