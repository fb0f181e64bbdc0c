import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Client } from 'pg'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { testDatabase } from '@/tests/support/database'
import { npm } from '@/tests/support/launcher'
import { testEncryptionKeys, testSessionSecret } from '@/tests/support/test-secrets'

/** `npm run worker`, as on another machine than the app. */

const { url, sql } = await testDatabase()
const session = new Client({ connectionString: url })
await session.connect()
await checkSentinel(session, parseKeyring(testEncryptionKeys)).finally(() => session.end())

const folder = mkdtempSync(join(tmpdir(), 'patchbay-worker-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (environment: Record<string, string> = {}) =>
  npm(['run', 'worker'], {
    DATABASE_URL: url,
    PATCHBAY_DATA_DIR: '',
    PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys,
    PATCHBAY_SESSION_SECRET: testSessionSecret,
    PATCHBAY_LOG_LEVEL: 'warn',
    NODE_ENV: '',
    ...environment,
  })

async function refusalOf(environment: Record<string, string>): Promise<string> {
  const worker = start(environment)
  expect(await worker.ended, worker.output()).toBe(1)
  expect(worker.output()).not.toMatch(/^\s+at /m)
  return worker.output()
}

test('it does the jobs of the database, says that it runs, and ends when it is asked to', async () => {
  const worker = start()
  await worker.printed(/The worker is ready: .* on .*:\d+/)
  await expect
    .poll(() => sql(`SELECT "processId" > 0 AS has FROM "Worker"`), { timeout: 10_000 })
    .toEqual([{ has: true }])
  await expect
    .poll(() => sql(`SELECT state FROM pgboss.job WHERE name = 'clean-up'`), { timeout: 20_000 })
    .toEqual([{ state: 'completed' }])
  worker.signal('SIGTERM')
  expect(await worker.ended, worker.output()).toBe(0)
  expect(await sql(`SELECT FROM "Worker"`)).toEqual([])
})

test('a wrong key is named, and the worker ends', async () => {
  const other = Buffer.alloc(32, 9).toString('base64')
  expect(await refusalOf({ PATCHBAY_ENCRYPTION_KEYS: `other:${other}` })).toContain('sealed with the key “test”')
  expect(await refusalOf({ PATCHBAY_ENCRYPTION_KEYS: `test:${other}` })).toContain('is not the key of that name')
})

test('a worker without the keys, or without an installation, says what is missing and creates nothing', async () => {
  expect(await refusalOf({ PATCHBAY_ENCRYPTION_KEYS: '' })).toContain('PATCHBAY_ENCRYPTION_KEYS')
  const alone = await refusalOf({ DATABASE_URL: '', PATCHBAY_DATA_DIR: folder, PATCHBAY_ENCRYPTION_KEYS: '' })
  expect(alone).toContain(`There is no database in ${folder} yet. Start Patchbay first (npm start)`)
  expect(readdirSync(folder)).toEqual([])
})

test('a database with older tables is not migrated by a worker', async () => {
  const [last] = await sql<{ name: string }>(
    `DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)
     RETURNING migration_name AS name`,
  )
  const refusal = await refusalOf({})
  expect(refusal).toContain(`the tables of an older Patchbay (it lacks the migration ${last!.name})`)
  expect(refusal).toContain('Start the app of this version first')
})
