import { Client } from 'pg'
import { systemDb } from '@/lib/platform/db/client'
import { createDatabase, prepareTestDatabases } from '@/tests/support/database-server'
import { testEncryptionKeys, testSessionSecret } from '@/tests/support/test-secrets'
import { compareAuthentication } from './authentication-costs'
import { compareApiCalls } from './calls/compare-api-calls'
import { compareCalls } from './calls/compare-calls'
import { cpuComparisons } from './cpu-comparisons'
import { databaseComparisons } from './database-comparisons'
import { startCalls } from './hostile/bad-calls'
import { measureEventLoop } from './hostile/event-loop'
import { measureMemory } from './hostile/memory'
import { measurePeople } from './hostile/people'
import { measureHostileInputs } from './hostile/readers'
import { compareLargeImports } from './import/compare-large-imports'
import { measureImports } from './import/measure-import'
import { measurePagesWhileImporting } from './import/pages-while-importing'
import { measureLimits } from './limits'
import { measure, printTable, type Comparison, type Measured } from './measure'
import { comparePages } from './pages/compare-pages'
import { fullSize, seedWorkspace } from './seed'

/**
 * `npm run bench` measures everything below, and `npm run bench <name>` one part of it:
 * how long the screens that must stay fast take in a large workspace, compared with bare SQL for the same rows;
 * `authentication`: what authentication costs; `calls` and `api`: what a call costs, without and with the server (`api
 * memory`: only the memory that large bodies need); `hostile`: what the worst possible input costs (`people` is the last
 * part of it); `limits`: how quickly free limits are used; `pages`: what each page loads (`pages <name>`:
 * only pages with that in their names); `import <folder>`: how completely and how fast the OpenAPI documents of a folder
 * are imported; `imports`: how long large documents take, and what pages take meanwhile.
 * Uses its own database, on the server of TEST_DATABASE_URL or on one that it starts and stops.
 */
async function main(): Promise<void> {
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://none',
    PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys,
    PATCHBAY_SESSION_SECRET: testSessionSecret,
    PATCHBAY_OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
  })
  if (process.argv.includes('authentication')) return compareCosts()
  if (process.argv.includes('import')) return compareImports(process.argv[process.argv.indexOf('import') + 1])
  const databases = await prepareTestDatabases()
  try {
    const url = await createDatabase(databases.serverUrl, `${databases.runName}_bench`, databases.runName)
    process.env.DATABASE_URL = url
    await Promise.race([measureWith(url), interrupted()])
  } finally {
    await systemDb().$disconnect()
    await databases.remove()
  }
}

async function measureWith(url: string): Promise<void> {
  if (process.argv.includes('calls')) return compareCalls()
  if (process.argv.includes('api')) return boundApiCalls(url, process.argv.includes('memory'))
  if (process.argv.includes('limits')) return boundLimits()
  if (process.argv.includes('pages')) return boundPages(url, process.argv[process.argv.indexOf('pages') + 1])
  if (process.argv.includes('imports')) return boundImports(url)
  if (process.argv.includes('hostile')) return boundHostile(url)
  if (process.argv.includes('people')) return boundPeople(url)
  await compareAll(url)
}

/** Settles on an interruption; everything that was started is then stopped as at the end. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.exitCode = 130
        resolve()
      })
    }
  })
}

async function compareAll(url: string): Promise<void> {
  const sizes = Object.entries(fullSize).map(([what, count]) => `${count.toLocaleString('en-GB')} ${what}`)
  console.log(`Filling two workspaces, each with ${sizes.join(', ')} …`)
  await seedWorkspace(url, fullSize, 'Neighbour')
  const seeded = await seedWorkspace(url, fullSize)
  const client = new Client({ connectionString: url })
  // An interrupted run removes the database, so the running statement fails. Nobody waits for it.
  client.on('error', () => {})
  await client.connect()
  const measured = await measureAll(databaseComparisons(client, seeded))
  printTable('Compared with bare SQL for the same rows', measured)
  if (measured.some(({ appMs, mostMs }) => appMs > mostMs)) fail('A screen takes longer than allowed.')
  await client.end()
  printTable('Compared with the same by hand, without checks', await measureAll(cpuComparisons()))
  await compareCosts()
  await boundHostile(url)
  await boundLimits()
}

function compareImports(folder: string | undefined): void {
  if (folder === undefined) fail('Name a folder with OpenAPI documents: npm run bench -- import FOLDER.')
  else if (!measureImports(folder)) fail('A document was not imported completely, or something was lost silently.')
}

async function boundLimits(): Promise<void> {
  if (!(await measureLimits())) fail('Requests wait for their limits longer than necessary.')
}

async function boundApiCalls(url: string, onlyMemory: boolean): Promise<void> {
  if (!(await compareApiCalls(url, onlyMemory))) fail('A call by the API costs more than allowed.')
}

async function boundPages(url: string, named?: string): Promise<void> {
  if (!(await comparePages(url, named))) fail('A page loads more than allowed.')
}

async function boundImports(url: string): Promise<void> {
  if (!(await compareLargeImports(url))) fail('An import takes longer than allowed.')
  if (!(await measurePagesWhileImporting(url))) fail('An import slows pages down, or needs memory, more than allowed.')
}

async function boundHostile(url: string): Promise<void> {
  if (!measureHostileInputs()) fail('The worst possible input takes longer than allowed.')
  const calls = await startCalls()
  try {
    if (!(await measureMemory(calls))) fail('Large responses need more memory than allowed.')
    if (!(await measureEventLoop(calls))) fail('A bad response delays others longer than allowed.')
  } finally {
    calls.stop()
  }
  await boundPeople(url)
}

async function boundPeople(url: string): Promise<void> {
  if (!(await measurePeople(url))) fail('Bad responses delay pages or need memory more than allowed.')
}

async function compareCosts(): Promise<void> {
  if (await compareAuthentication()) return
  fail('A type of authentication adds a millisecond or more.')
}

function fail(why: string): void {
  console.log(why)
  process.exitCode = 1
}

/** One after the other, because in parallel they would affect each other. */
async function measureAll(comparisons: Comparison[]): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const comparison of comparisons) measured.push(await measure(comparison))
  return measured
}

await main()
