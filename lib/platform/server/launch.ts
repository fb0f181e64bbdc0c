import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { startAppServer, type AppServer } from './app-server'
import { buildApp } from './build'
import type { Settings } from '@/lib/platform/settings'
import { connectPatiently } from './connect'
import { openDatabase, type Database } from './database'
import { loadSettings, requirePlatform } from './environment'
import { locked } from './locked'
import { migrate } from './migrate'
import { PlainError } from './plain-error'
import { requireFreePort } from './port'
import { generatePrismaClient } from './prisma-client'
import { sandboxOf } from './sandbox'
import { checkSentinel } from './sentinel'
import { listenForSignals, stopping, unlessStopped } from './stopping'
import { workersOf } from './workers'

/** The time that a running step, such as a migration, gets to finish when the launcher is asked to stop. */
const lastStepMs = 7_000

type Options = { development: boolean }
type Start = Options & { settings: Settings }

/** `npm start` and `npm run dev`: everything from a fresh checkout to a running app, and its orderly end. */
export async function launch(options: Options): Promise<never> {
  listenForSignals()
  try {
    process.exit(await run(options))
  } catch (error) {
    if (stopping.aborted) process.exit(0)
    console.error(error instanceof PlainError ? `\n${error.message}\n` : error)
    process.exit(1)
  }
}

async function run(options: Options): Promise<number> {
  requirePlatform()
  const settings = loadSettings()
  await requireFreePort(settings.PORT, '127.0.0.1')
  const database = await openDatabase(settings)
  try {
    return await serve({ ...options, settings }, database)
  } finally {
    await database.close()
  }
}

async function serve(start: Start, database: Database): Promise<number> {
  const { development, settings } = start
  console.log(`Database: ${database.place}`)
  await unlessStopped(prepare(development, database), lastStepMs)
  stopping.throwIfAborted()
  const local = settings.APP_URL === undefined && (development || !(await unlessStopped(isSetUp(database.session))))
  const sandbox = sandboxOf(settings)
  const workers = workersOf({
    count: settings.PATCHBAY_WORKERS,
    environment: {
      ...process.env,
      PORT: String(settings.PORT),
      NODE_ENV: development ? 'development' : 'production',
    },
  })
  const app = await startAppServer({
    port: settings.PORT,
    development,
    local,
    environment: { ...process.env, PATCHBAY_SANDBOX: String(sandbox.isAvailable) },
    // The only question: start sandbox.
    answerQuestion: () => sandbox.start(),
    stop: stopping,
  })
  if (!app) throw new PlainError('The app did not start; the lines above say why.')
  greet(start, local)
  try {
    if (local && !development) void openAfterSetUp(database, app)
    void sandbox.startAgain()
    // Now, because they would delay the first page.
    workers.start()
    return await untilTheEnd(app, database)
  } finally {
    await Promise.all([app.stop(), sandbox.stop(), workers.stop()])
  }
}

/** Updates generated code, database and build to match the sources. Each step is quick if there is nothing to do. */
async function prepare(development: boolean, database: Database): Promise<void> {
  await locked(database.session, async () => {
    await generatePrismaClient()
    const applied = await migrate(database.session, database.url)
    if (applied.length > 0) console.log(`Migrated: ${applied.join(', ')}`)
    if (!development)
      await buildApp(() => console.log('Building the app, which takes a minute; later starts skip this …'))
  })
  await checkSentinel(database.session, database.keyring)
}

async function isSetUp(session: Client): Promise<boolean> {
  const { rows } = await session.query<{ done: boolean }>(`SELECT EXISTS (SELECT FROM "User") AS done`)
  return rows[0]!.done
}

/** Only this machine can reach the set-up page. Once there is an administrator, the app listens on all interfaces. */
async function openAfterSetUp(database: Database, app: AppServer): Promise<void> {
  try {
    await setUpIsDone(database)
    await app.listenEverywhere()
    console.log('Set-up is done: other machines can reach Patchbay now.')
  } catch (error) {
    if (!stopping.aborted)
      console.error(
        'Could not check whether set-up is done. Restart Patchbay to make it reachable from other machines.',
        error,
      )
  }
}

/** Continues after a restart of the database's processes, which ends every session. */
async function setUpIsDone({ url, session }: Database): Promise<void> {
  let current = session
  const ask = async () => {
    try {
      return await isSetUp(current)
    } catch {
      current = await connectPatiently(url)
      return isSetUp(current)
    }
  }
  while (!(await ask())) await sleep(1_000, undefined, { signal: stopping })
}

function greet({ development, settings }: Start, local: boolean): void {
  console.log(`\n  Patchbay is ready: ${settings.APP_URL ?? `http://localhost:${settings.PORT}`}`)
  if (local)
    console.log(
      `  Only this machine can reach it${development ? ' (set APP_URL to change that)' : ' until set-up is done'}.`,
    )
  console.log('  Ctrl-C stops it; no data is lost.\n')
}

async function untilTheEnd(app: AppServer, database: Database): Promise<number> {
  const asked = new Promise<number>((resolve) => stopping.addEventListener('abort', () => resolve(0), { once: true }))
  const lost = database.lost.then(() => {
    console.error(
      'The built-in database has stopped (its log is server.log beside its files). Start again with npm start.',
    )
    return 1
  })
  const ended = app.ended.then((code) => (stopping.aborted ? 0 : code || 1))
  return stopping.aborted ? 0 : Promise.race([asked, lost, ended])
}
