import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '@/lib/platform/server/build'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { startApp, startWorkerFor } from './app-process'
import { createDatabase, prepareTestDatabases } from './database-server'
import { shareE2eServers } from './e2e-servers'

/**
 * Once before all end-to-end tests: a current build, a Postgres with a migrated database to copy, and the one
 * installation in which most specs have a workspace.
 */
export default async function setUp() {
  await generatePrismaClient()
  await buildApp(() => console.log('Building the app …'))
  const { serverUrl, runName, remove } = await prepareTestDatabases()
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-e2e-'))
  const outputFile = join(folder, 'output')
  writeFileSync(outputFile, '')
  const databaseUrl = await createDatabase(serverUrl, `${runName}_shared`, runName)
  const onOutput = (text: string) => appendFileSync(outputFile, text)
  const [app] = await startApp({ databaseUrl, port: Number(process.env.PATCHBAY_E2E_PORT), onOutput })
  const worker = startWorkerFor({ databaseUrl, url: app!.url, onOutput })
  shareE2eServers({ url: app!.url, databaseUrl, outputFile, serverUrl, runName })
  return async () => {
    await Promise.all([app!.stop(), worker.stop()])
    rmSync(folder, { recursive: true, force: true })
    await remove()
  }
}
