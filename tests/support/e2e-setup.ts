import { buildApp } from '@/lib/platform/server/build'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { prepareTestDatabases } from './database-server'

/** Once before all end-to-end tests: a current build, and a Postgres with a migrated database to copy. */
export default async function setUp() {
  await generatePrismaClient()
  await buildApp(() => console.log('Building the app …'))
  const databases = await prepareTestDatabases()
  process.env.PATCHBAY_E2E_DATABASES = JSON.stringify({ serverUrl: databases.serverUrl, runName: databases.runName })
  return databases.remove
}
