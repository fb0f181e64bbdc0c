import { Client } from 'pg'
import { systemDb } from '@/lib/platform/db/client'
import { createDatabase, prepareTestDatabases } from '@/tests/support/database-server'
import { testEncryptionKeys, testSessionSecret } from '@/tests/support/test-secrets'
import { compareAuthentication } from './authentication-costs'
import { compareCalls } from './calls/compare-calls'
import { cpuComparisons } from './cpu-comparisons'
import { databaseComparisons } from './database-comparisons'
import { startCalls } from './hostile/bad-calls'
import { measureEventLoop } from './hostile/event-loop'
import { measureMemory } from './hostile/memory'
import { measurePeople } from './hostile/people'
import { measureHostileInputs } from './hostile/readers'
import { measureLimits } from './limits'
import { measure, printTable, type Comparison, type Measured } from './measure'
import { fullSize, seedWorkspace } from './seed'

/**
 * `npm run bench`: how long the screens that must stay quick take in a large workspace, beside the bare SQL for the
 * same rows, what applying authentication costs (`npm run bench authentication` for that alone), what input of the worst
 * kind costs (`npm run bench hostile`; `npm run bench people` is the last part of it), and how soon free limits are used (`npm run bench limits`). Uses a database of
 * its own (on the server of TEST_DATABASE_URL, else on one that it starts and stops).
 */
async function main(): Promise<void> {
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://none',
    PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys,
    PATCHBAY_SESSION_SECRET: testSessionSecret,
    PATCHBAY_OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
  })
  if (process.argv.includes('authentication')) return compareCosts()
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
  if (process.argv.includes('limits')) return boundLimits()
  if (process.argv.includes('hostile')) return boundHostile(url)
  if (process.argv.includes('people')) return boundPeople(url)
  await compareAll(url)
}

/** Settles when somebody has had enough; what was started is then stopped as at the end. */
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
  // An interrupted run removes the database under it: the statement at work is refused, which nobody waits for.
  client.on('error', () => {})
  await client.connect()
  const measured = await measureAll(databaseComparisons(client, seeded))
  printTable('Beside the bare SQL for the same rows', measured)
  if (measured.some(({ appMs, mostMs }) => appMs > mostMs)) fail('A screen takes longer than it may.')
  await client.end()
  printTable('Beside the same by hand, without checks', await measureAll(cpuComparisons()))
  await compareCosts()
  await boundHostile(url)
  await boundLimits()
}

async function boundLimits(): Promise<void> {
  if (!(await measureLimits())) fail('Requests wait for their limits longer than they have to.')
}

async function boundHostile(url: string): Promise<void> {
  if (!measureHostileInputs()) fail('An input of the worst kind takes longer than it may.')
  const calls = await startCalls()
  try {
    if (!(await measureMemory(calls))) fail('Large responses take more memory than they may.')
    if (!(await measureEventLoop(calls))) fail('A bad response delays others longer than it may.')
  } finally {
    calls.stop()
  }
  await boundPeople(url)
}

async function boundPeople(url: string): Promise<void> {
  if (!(await measurePeople(url))) fail('Bad responses delay pages, or take memory, more than they may.')
}

async function compareCosts(): Promise<void> {
  if (await compareAuthentication()) return
  fail('A type of authentication adds a millisecond or more.')
}

function fail(why: string): void {
  console.log(why)
  process.exitCode = 1
}

/** One after the other: side by side they would measure each other. */
async function measureAll(comparisons: Comparison[]): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const comparison of comparisons) measured.push(await measure(comparison))
  return measured
}

await main()
