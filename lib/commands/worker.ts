import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '@/lib/platform/settings'
import { openDataFolder } from '@/lib/platform/server/data-folder'
import { openDatabase, type Database } from '@/lib/platform/server/database'
import { loadSettings, requirePlatform } from '@/lib/platform/server/environment'
import { locked } from '@/lib/platform/server/locked'
import { requireCurrentSchema } from '@/lib/platform/server/migrate'
import { PlainError, runCommand } from '@/lib/platform/server/plain-error'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { listenForSignals, stopping, unlessStopped } from '@/lib/platform/server/stopping'

/** The file of a data folder in which Patchbay was started before. */
const passwordFile = 'database-password'

/** A worker belongs to an installation that exists: it neither creates a database nor migrates one. */
function requireInstallation(settings: Settings): void {
  if (settings.DATABASE_URL !== undefined) return
  const folder = openDataFolder(settings.PATCHBAY_DATA_DIR)
  if (!existsSync(join(folder, passwordFile)))
    throw new PlainError(
      `There is no database in ${folder} yet. Start Patchbay first (npm start), or set DATABASE_URL to work for another installation.`,
    )
}

async function prepare({ session, keyring }: Database): Promise<void> {
  await requireCurrentSchema(session)
  await checkSentinel(session, keyring)
  await locked(session, generatePrismaClient)
}

async function work(database: Database): Promise<void> {
  await unlessStopped(prepare(database))
  const { runWorker } = await import('@/lib/worker/run-worker')
  const lost = database.lost.then(() => {
    throw new PlainError('The built-in database has stopped, so the worker ends.')
  })
  const onReady = () => console.log(`\n  The worker is ready: ${database.place}\n  Ctrl-C stops it; no job is lost.\n`)
  await Promise.race([runWorker(stopping, { onReady }), lost])
}

await runCommand(async () => {
  requirePlatform()
  const settings = loadSettings()
  Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV ?? 'production' })
  requireInstallation(settings)
  listenForSignals()
  const database = await openDatabase(settings)
  try {
    await work(database)
  } finally {
    await database.close()
  }
})
