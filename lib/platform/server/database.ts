import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import type { Settings } from '@/lib/platform/settings'
import { openBuiltInDatabase } from './built-in-postgres/open'
import { connectPatiently } from './connect'
import { openDataFolder } from './data-folder'
import { provideSecrets } from './secrets'
import { stopping } from './stopping'

export type Database = {
  url: string
  /** For the terminal: where the data is. */
  place: string
  keyring: Keyring
  /** A connection for the queries of the launcher. */
  session: Client
  /** Ends the use of the database. The built-in one stops, unless another process uses it. */
  close: () => Promise<void>
  /** Settles when the built-in database has stopped unexpectedly. */
  lost: Promise<void>
}

const farewellMs = 1_000

/** Opens the database, and puts its URL and secrets into the environment for everything that is started from here. */
export async function openDatabase(settings: Settings): Promise<Database> {
  return settings.DATABASE_URL === undefined
    ? openBuiltIn(settings.PATCHBAY_DATA_DIR)
    : openGiven(settings.DATABASE_URL, settings.PATCHBAY_ENCRYPTION_KEYS)
}

async function openBuiltIn(folder: string | undefined): Promise<Database> {
  const dataFolder = openDataFolder(folder)
  const keyring = provideSecrets(dataFolder)
  const builtIn = await openBuiltInDatabase(dataFolder, stopping)
  Object.assign(process.env, { DATABASE_URL: builtIn.url, PATCHBAY_BUILT_IN_DATABASE: 'true' })
  const session = await connectPatiently(builtIn.url).catch(async (error: unknown) => {
    await builtIn.release()
    throw error
  })
  return {
    url: builtIn.url,
    place: `built-in Postgres, data in ${dataFolder}${builtIn.joined ? ' (joined: it was running already)' : ''}`,
    keyring,
    session,
    lost: builtIn.lost,
    close: async () => {
      await endSession(session)
      await builtIn.release()
    },
  }
}

async function openGiven(url: string, keyring: Keyring): Promise<Database> {
  process.env.PATCHBAY_BUILT_IN_DATABASE = 'false'
  const session = await connectPatiently(url)
  return {
    url,
    place: `${session.database} on ${session.host}:${session.port}`,
    keyring,
    session,
    lost: new Promise(() => {}),
    close: () => endSession(session),
  }
}

/** Not awaited for long, because a server may hang. The end of the process closes the connection anyway. */
async function endSession(session: Client): Promise<void> {
  await Promise.race([session.end().catch(() => {}), sleep(farewellMs)])
}
