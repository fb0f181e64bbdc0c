import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { freePort } from '@/lib/platform/server/built-in-postgres/postmaster'
import { readSettings, type Settings } from '@/lib/platform/settings'
import { sandboxOf } from '@/lib/platform/server/sandbox'
import { startSandbox } from '@/tests/sandbox/sandbox'
import { testEncryptionKeys, testSessionSecret } from '@/tests/support/test-secrets'

const data = mkdtempSync(join(tmpdir(), 'patchbay-sandbox-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

function settings(variables: Record<string, string>): Settings {
  const reading = readSettings({ PATCHBAY_DATA_DIR: data, ...variables })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.settings
}

test('it is not available with an external database', async () => {
  const sandbox = sandboxOf(
    settings({
      DATABASE_URL: 'postgres://dana@localhost/patchbay',
      PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys,
      PATCHBAY_SESSION_SECRET: testSessionSecret,
    }),
  )
  expect(sandbox.isAvailable).toBe(false)
  await expect(sandbox.start()).rejects.toThrow('cannot run on this installation')
})

test('if another program uses its port, the error names the setting, and it can be tried again', async () => {
  const other = createServer((_request, response) => response.writeHead(404).end())
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const sandbox = sandboxOf(settings({ SANDBOX_PORT: String(port) }))
  await expect(sandbox.start()).rejects.toThrow('set SANDBOX_PORT to use others')
  await expect(sandbox.start()).rejects.toThrow('set SANDBOX_PORT to use others')
})

test('one that already runs in another terminal is used, and not stopped', async () => {
  const running = await startSandbox()
  onTestFinished(() => running.close())
  const sandbox = sandboxOf(settings({ SANDBOX_PORT: new URL(running.url).port }))
  expect(await sandbox.start()).toMatchObject({ basic: { username: 'acme-api' } })
  await sandbox.stop()
  expect((await fetch(running.url)).status).toBe(200)
})

test('it starts by itself only after somebody has asked for it', async () => {
  const port = String(await freePort())
  const sandbox = sandboxOf(settings({ PATCHBAY_DATA_DIR: join(data, 'never-asked'), SANDBOX_PORT: port }))
  await sandbox.startAgain()
  await expect(fetch(`http://localhost:${port}/__control/credentials`)).rejects.toThrow()
})
