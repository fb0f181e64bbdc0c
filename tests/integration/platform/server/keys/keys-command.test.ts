import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobsConnection } from '@/lib/platform/jobs/jobs-connection'
import { aWholeWorkspace } from '@/tests/integration/security/whole-workspace'
import { testDatabase } from '@/tests/support/database'
import { npm } from '@/tests/support/launcher'
import { testEncryptionKeys } from '@/tests/support/test-secrets'

const { url } = await testDatabase()
const newKey = `new:${randomBytes(32).toString('base64')}`

async function keys(parameters: string[], environment: Record<string, string>) {
  const command = npm(['run', 'keys', '--', ...parameters], environment)
  return { code: await command.ended, output: command.output() }
}

describe('with a database of one’s own', () => {
  beforeAll(() => aWholeWorkspace('https://api.acme.test'))
  const rotated = { DATABASE_URL: url, PATCHBAY_ENCRYPTION_KEYS: `${newKey},${testEncryptionKeys}` }
  const secrets = { PATCHBAY_SESSION_SECRET: randomBytes(32).toString('hex') }

  test('a process that still seals with the old key is found, and nothing is changed', async () => {
    const process = new Client({ connectionString: url, application_name: `${jobsConnection}test` })
    await process.connect()
    const { code, output } = await keys(['reseal'], { ...rotated, ...secrets })
    await process.end()
    expect(code).toBe(1)
    expect(output).toContain('A running process of Patchbay seals with “test”')
    expect(output).toContain('Nothing was changed')
    expect((await keys(['status'], { ...rotated, ...secrets })).output).toMatch(/^new +\d+ +seals\ntest +\d+ +opens$/m)
  })

  test('re-sealing says when the old key is no longer needed, and the new one is enough from then on', async () => {
    const { code, output } = await keys(['reseal'], { ...rotated, ...secrets })
    expect(output).toMatch(/^InstanceValue: \d+ rows? re-sealed$/m)
    expect(output).toContain('The key “test” is no longer needed: remove it from PATCHBAY_ENCRYPTION_KEYS.')
    expect(output).not.toContain(newKey.slice(4))
    expect(code).toBe(0)
    const status = await keys(['status'], { ...rotated, ...secrets, PATCHBAY_ENCRYPTION_KEYS: newKey })
    expect(status.output).toMatch(/^new +\d+ +seals$/m)
    expect(status.code).toBe(0)
  })

  test('a key is added where it is set, not in a file', async () => {
    const { code, output } = await keys(['add'], { ...rotated, ...secrets })
    expect(code).toBe(1)
    expect(output).toContain('The keys are in PATCHBAY_ENCRYPTION_KEYS: change them there')
  })
})

test('with the built-in database: add, re-seal, remove', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-keys-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  chmodSync(folder, 0o711)
  const here = { PATCHBAY_DATA_DIR: folder }
  const file = join(folder, 'encryption-keys')
  const names = () =>
    readFileSync(file, 'utf8')
      .trim()
      .split(',')
      .map((entry) => entry.split(':')[0]!)

  expect((await keys(['add'], here)).output).toContain('Restart every process')
  const [added, old] = names() as [string, string]
  expect(statSync(file).mode & 0o777).toBe(0o600)

  const early = await keys(['remove', '--key', old], here)
  expect(early).toMatchObject({
    code: 1,
    output: expect.stringContaining(`“${old}” is still needed for 1 value`) as string,
  })
  expect(names()).toEqual([added, old])

  expect((await keys(['reseal'], here)).output).toContain(`“${old}” is no longer needed: npm run keys -- remove`)
  expect(await keys(['remove', '--key', old], here)).toMatchObject({ code: 0 })
  expect(names()).toEqual([added])
  expect(readFileSync(join(folder, 'encryption-keys.removed'), 'utf8')).toMatch(new RegExp(`^${old}:`))
  expect(statSync(join(folder, 'encryption-keys.removed')).mode & 0o777).toBe(0o600)
  expect((await keys(['status'], here)).output).toMatch(new RegExp(`^${added} +1 +seals$`, 'm'))
}, 120_000)
