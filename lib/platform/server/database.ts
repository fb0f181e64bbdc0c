import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import type { Settings } from '@/lib/platform/settings'
import { openBuiltInDatabase } from './built-in-postgres/open'
import { openDataFolder } from './data-folder'
import { PlainError } from './plain-error'
import { provideSecrets } from './secrets'

export type Database = {
  url: string
  /** For the terminal: where the data is. */
  place: string
  keyring: Keyring
  /** A connection for the launcher's own few questions. */
  session: Client
  /** Gives the database back: the built-in one stops unless another process uses it. */
  close: () => Promise<void>
  /** Settles when the built-in database goes away without being asked to. */
  lost: Promise<void>
}

const patienceMs = 30_000

/**
 * The database and the secrets that belong to it, put into the environment for everything that is started from here.
 */
export async function openDatabase(settings: Settings): Promise<Database> {
  return settings.DATABASE_URL === undefined
    ? openBuiltIn(settings.PATCHBAY_DATA_DIR)
    : openGiven(settings.DATABASE_URL, settings.PATCHBAY_ENCRYPTION_KEYS)
}

async function openBuiltIn(folder: string | undefined): Promise<Database> {
  const dataFolder = openDataFolder(folder)
  const keyring = provideSecrets(dataFolder)
  const builtIn = await openBuiltInDatabase(dataFolder)
  Object.assign(process.env, { DATABASE_URL: builtIn.url, PATCHBAY_BUILT_IN_DATABASE: 'true' })
  const session = await connect(builtIn.url)
  return {
    url: builtIn.url,
    place: `built-in Postgres, data in ${dataFolder}${builtIn.joined ? ' (joined: it was running already)' : ''}`,
    keyring,
    session,
    lost: builtIn.lost,
    close: async () => {
      await session.end().catch(() => {})
      await builtIn.release()
    },
  }
}

async function openGiven(url: string, keyring: Keyring): Promise<Database> {
  process.env.PATCHBAY_BUILT_IN_DATABASE = 'false'
  const session = await connect(url)
  return {
    url,
    place: `${session.database} on ${session.host}:${session.port}`,
    keyring,
    session,
    lost: new Promise(() => {}),
    close: () => session.end().catch(() => {}),
  }
}

/** Waits a little for a server that is just starting, as containers started together do. */
async function connect(url: string): Promise<Client> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const client = makeClient(url)
    try {
      await client.connect()
      client.on('error', () => {})
      return client
    } catch (error) {
      await client.end().catch(() => {})
      const { code, message } = error as { code?: string; message: string }
      const mayCome = code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '57P03'
      if (!mayCome || Date.now() > deadline)
        throw new PlainError(
          `The database of DATABASE_URL (${client.host}:${client.port}) cannot be used: ${message || code}`,
        )
      await sleep(500)
    }
  }
}

function makeClient(url: string): Client {
  try {
    return new Client({ connectionString: url, application_name: 'patchbay launcher', keepAlive: true })
  } catch {
    throw new PlainError('DATABASE_URL is not an address of a database: postgres://user:password@host:5432/database')
  }
}
