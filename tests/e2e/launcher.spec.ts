import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { hostname, networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startAppServer } from '@/lib/platform/server/app-server'
import { findPostmaster, freePort, isPostgres } from '@/lib/platform/server/built-in-postgres/postmaster'
import { npm } from '@/tests/support/launcher'
import { sendRawRequest } from '@/tests/support/raw-request'

// What a person does at the terminal. The build is there already; the data folder is a fresh one.
test.describe.configure({ mode: 'serial' })

let folder = ''
let port = 0
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-launcher-'))
  chmodSync(folder, 0o711)
  port = await freePort()
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const here = (more: Record<string, string> = {}) => ({
  ...{ PATCHBAY_DATA_DIR: folder, PORT: String(port), PATCHBAY_WORKERS: '0' },
  ...more,
})
const answers = (host: string, at = port) =>
  fetch(`http://${host}:${at}/login`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ status }) => status,
    () => null,
  )
const answersTo = async (host: string) =>
  (await sendRawRequest(`http://localhost:${port}/login`, { headers: { host } })).status
/** An address under which other machines would reach this one. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address && !address.internal && address.family === 'IPv4')?.address

test('a built checkout starts without building again, and responds to this machine only', async () => {
  const start = npm(['start'], here())
  await start.printed(/Patchbay is ready: http:\/\/localhost:\d+/)
  expect(await answers('localhost')).toBe(200)
  expect(start.output()).not.toContain('Building')
  expect(start.output()).toContain('Only this machine can reach it until set-up is done')
  if (outside) expect(await answers(outside)).toBeNull()
  // Another site's name may point here: until set-up is done, no name is known to be this machine's.
  expect(await answersTo('evil.example')).toBe(403)
  expect(await answersTo(hostname())).toBe(403)

  const made = npm(
    ['run', 'workspace', '--', 'add', '--name', 'Acme', '--email', 'dana@example.com', '--person', 'Dana'],
    here(),
    'correct-horse-battery\n',
  )
  expect(await made.ended).toBe(0)
  await start.printed(/other machines can reach Patchbay now/)
  expect(await answers('localhost')).toBe(200)
  if (outside) await expect.poll(() => answers(outside)).toBe(200)
  expect(await answersTo(hostname())).toBe(200)
  expect(await answersTo(`${hostname().split('.')[0]}.local:${port}`)).toBe(200)
  expect(await answersTo('evil.example')).toBe(403)

  const { pid } = findPostmaster(join(folder, 'postgres')) ?? { pid: 0 }
  start.signal('SIGTERM')
  await start.ended
  await expect.poll(() => isPostgres(pid)).toBe(false)
  expect(await answers('localhost')).toBeNull()
})

test('only their owner can read the generated secrets', () => {
  for (const name of ['encryption-keys', 'session-secret', 'database-password'])
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
})

test('a second start keeps the data; a further process joins it, and each stops separately', async () => {
  const first = npm(['start'], here())
  await first.printed(/Patchbay is ready/)
  expect(first.output()).not.toContain('until set-up is done')
  const people = npm(['run', 'user', '--', 'list'], here())
  expect(await people.ended).toBe(0)
  expect(people.output()).toContain('dana@example.com')

  const otherPort = await freePort()
  const second = npm(['start'], here({ PORT: String(otherPort) }))
  await second.printed(/Patchbay is ready/)
  expect(second.output()).toContain('joined')
  first.signal('SIGINT')
  await first.ended
  expect(await answers('localhost', otherPort)).toBe(200)
  const { pid } = findPostmaster(join(folder, 'postgres')) ?? { pid: 0 }
  second.signal('SIGTERM')
  await second.ended
  await expect.poll(() => isPostgres(pid)).toBe(false)
})

test('workers run beside the app, one more joins them, and all end when they are asked to', async () => {
  const start = npm(['start'], here({ PATCHBAY_WORKERS: '1' }))
  await start.printed(/Patchbay is ready/)
  const running = async () => {
    const metrics = await (await fetch(`http://localhost:${port}/metrics`)).text()
    return Number(/^patchbay_workers\{state="running"\} (\d+)$/m.exec(metrics)?.[1])
  }
  await expect.poll(running, { timeout: 20_000 }).toBe(1)
  const more = npm(['run', 'worker'], here())
  await more.printed(/The worker is ready: built-in Postgres, .* \(joined/)
  await expect.poll(running, { timeout: 20_000 }).toBe(2)
  more.signal('SIGTERM')
  expect(await more.ended).toBe(0)
  await expect.poll(running, { timeout: 20_000 }).toBe(1)

  const { pid } = findPostmaster(join(folder, 'postgres')) ?? { pid: 0 }
  start.signal('SIGTERM')
  await start.ended
  expect(start.output()).not.toContain('has ended by itself')
  await expect.poll(() => isPostgres(pid)).toBe(false)
})

test('if npm is killed, everything that it started ends too', async () => {
  const start = npm(['start'], here({ PATCHBAY_WORKERS: '1' }))
  await start.printed(/Patchbay is ready/)
  const { pid } = findPostmaster(join(folder, 'postgres')) ?? { pid: 0 }
  start.signal('SIGKILL')
  await expect.poll(() => isPostgres(pid), { timeout: 20_000 }).toBe(false)
  expect(await answers('localhost')).toBeNull()
})

test('a port in use is reported in a sentence', async () => {
  const start = npm(['start'], here())
  await start.printed(/Patchbay is ready/)
  const again = npm(['start'], here())
  expect(await again.ended).toBe(1)
  expect(again.output()).toContain(`Port ${port} is in use`)
  start.signal('SIGTERM')
  await start.ended
})

test('a key other than the one that sealed the data is named, and nothing is started', async () => {
  const start = npm(['start'], here({ PATCHBAY_ENCRYPTION_KEYS: `other:${Buffer.alloc(32, 7).toString('base64')}` }))
  expect(await start.ended).toBe(1)
  const kid = readFileSync(join(folder, 'encryption-keys'), 'utf8').split(':')[0]
  expect(start.output()).toContain(`sealed with the key “${kid}”`)
  expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false)
})

test('an app process with a wrong environment ends before it is ready', async () => {
  const written: string[] = []
  const app = await startAppServer({
    port: await freePort(),
    development: false,
    local: true,
    environment: { ...process.env, DATABASE_URL: 'hello' },
    onOutput: (text) => written.push(text),
  })
  expect(app).toBeNull()
  expect(written.join('')).toContain('DATABASE_URL: It is not an address')
})

// Shows D15.
test('a database of one’s own needs the secrets, and the start says how to make them', async () => {
  const start = npm(['start'], here({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }))
  expect(await start.ended).toBe(1)
  expect(start.output()).toMatch(/PATCHBAY_ENCRYPTION_KEYS=.*randomBytes\(32\)/)
})
