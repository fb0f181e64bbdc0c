import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { aWholeWorkspace } from '@/tests/integration/security/whole-workspace'
import { testDatabase } from '@/tests/support/database'
import { npm } from '@/tests/support/launcher'
import { testEncryptionKeys, testSessionSecret } from '@/tests/support/test-secrets'

/** At the terminal: from a database of one's own, with the app connected, into a built-in one. */

const { url } = await testDatabase()
const running = new Client({ connectionString: url, application_name: 'patchbay jobs' })
const folder = mkdtempSync(join(tmpdir(), 'patchbay-backup-'))
const file = join(folder, 'backup.gz')
const given = {
  DATABASE_URL: url,
  PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys,
  PATCHBAY_SESSION_SECRET: testSessionSecret,
}
const builtIn = { PATCHBAY_DATA_DIR: join(folder, 'data') }

beforeAll(async () => {
  chmodSync(folder, 0o711)
  await running.connect()
  await checkSentinel(running, parseKeyring(testEncryptionKeys))
  await aWholeWorkspace('https://api.acme.test')
})
afterAll(async () => {
  await running.end()
  rmSync(folder, { recursive: true, force: true })
})

async function run(parameters: string[], environment: Record<string, string>) {
  const command = npm(['run', ...parameters], environment)
  return { code: await command.ended, output: command.output() }
}

test('a backup is made while Patchbay runs, and names the keys that a restore needs', async () => {
  const { code, output } = await run(['backup', '--', file], given)
  expect(output).toContain(`Written: ${file}`)
  expect(output).toMatch(/these encryption keys are needed. They are not in the file:\n {2}“test” \(\d+ values\)/)
  expect(output).not.toContain(testEncryptionKeys.split(':')[1])
  expect(code).toBe(0)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a restore is refused while Patchbay runs on that database', async () => {
  const { code, output } = await run(['restore', '--', file], given)
  expect(code).toBe(1)
  expect(output).toMatch(/is running on this database \(patchbay jobs.*Nothing was changed/)
})

test('a restore into a built-in database needs the keys of the backup, and then restores everything', async () => {
  const refused = await run(['restore', '--', file], builtIn)
  expect(refused.code).toBe(1)
  expect(refused.output).toMatch(/“test” \(\d+ values\): it is missing here/)
  expect(existsSync(join(folder, 'data/postgres/postmaster.pid'))).toBe(false)

  const withKeys = { ...builtIn, PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys }
  const { code, output } = await run(['restore', '--', file], withKeys)
  expect(output).toMatch(/Restored: \d+ rows/)
  expect(code).toBe(0)
  expect((await run(['user', '--', 'list'], withKeys)).output).toContain('Person of Zanzibar')
}, 120_000)

test('the usage of the commands is printed', async () => {
  const { code, output } = await run(['backup'], given)
  expect(code).toBe(1)
  expect(output).toContain('npm run backup -- FILE [--force]')
})
