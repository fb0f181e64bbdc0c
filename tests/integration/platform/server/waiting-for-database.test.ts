import { connect as connectSocket, createServer, type AddressInfo, type Socket } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, inject, test } from 'vitest'
import { freePort } from '@/lib/platform/server/built-in-postgres/postmaster'
import { connectPatiently } from '@/lib/platform/server/connect'
import { PlainError } from '@/lib/platform/server/plain-error'
import { npm } from '@/tests/support/launcher'
import { testEncryptionKeys, testSessionSecret } from '@/tests/support/test-secrets'

const quick = { attemptMs: 150, totalMs: 700, pauseMs: 20, noticeMs: 0 }
/** Enough for a real connection and for some attempts on a busy machine, too. */
const patient = { attemptMs: 1_000, totalMs: 8_000, pauseMs: 20, noticeMs: 0 }
const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** Listens on a port of its own, and does with each connection what it is given to do. */
async function listener(take: (socket: Socket, count: number) => void): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    take(socket, sockets.push(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const silent = () => listener(() => {})
const urlOf = (place: string) => `postgres://dana:hush-hush@${place}/patchbay`

/** Connects with little patience; says what was printed and what came of it. */
async function tryToConnect(
  url: string,
  { patience = quick, stop }: { patience?: typeof quick; stop?: AbortSignal } = {},
) {
  const lines: string[] = []
  const began = Date.now()
  const outcome = await connectPatiently(url, { patience, say: (line) => lines.push(line), stop }).then(
    async (client) => {
      await client.end()
      return 'connected'
    },
    (error: Error) => error,
  )
  return { lines, outcome, milliseconds: Date.now() - began }
}

test('a listener that never responds is given up, with a message about what to check and without the password', async () => {
  const place = await silent()
  const { lines, outcome, milliseconds } = await tryToConnect(urlOf(place))
  expect(outcome).toBeInstanceOf(PlainError)
  const { message } = outcome as Error
  expect(message).toContain(`The database at ${place} cannot be reached`)
  expect(message).toMatch(/Check that .* DATABASE_URL/)
  expect(lines[0]).toBe(`Waiting for the database at ${place}, attempt 2`)
  expect(message + lines.join()).not.toContain('hush')
  expect(milliseconds).toBeGreaterThan(600)
  expect(milliseconds).toBeLessThan(10_000)
})

test('a listener that hangs up is tried again', async () => {
  const place = await listener((socket) => socket.destroy())
  const { lines, outcome } = await tryToConnect(urlOf(place), { patience: { ...patient, totalMs: 1_500 } })
  expect(outcome).toBeInstanceOf(PlainError)
  expect(lines.length).toBeGreaterThan(2)
})

test('a database that is there from the third attempt on is used', async () => {
  const real = new URL(inject('serverUrl'))
  const place = await listener((socket, count) => {
    if (count < 3) return
    const onwards = connectSocket(Number(real.port || 5432), real.hostname)
    onwards.on('error', () => socket.destroy())
    socket.on('close', () => onwards.destroy())
    socket.pipe(onwards).pipe(socket)
  })
  const url = new URL(real)
  url.host = place
  const { lines, outcome } = await tryToConnect(url.href, { patience: patient })
  expect(outcome).toBe('connected')
  expect(lines).toEqual([2, 3].map((attempt) => `Waiting for the database at ${place}, attempt ${attempt}`))
})

test('a database that refuses is not tried again', async () => {
  const url = new URL(inject('serverUrl'))
  url.pathname = '/patchbay_that_nobody_made'
  const { lines, outcome } = await tryToConnect(url.href, { patience: { ...patient, attemptMs: 8_000 } })
  expect(outcome).toBeInstanceOf(PlainError)
  expect((outcome as Error).message).toMatch(/does not exist/)
  expect(lines).toEqual([])
})

test('a launcher that is asked to stop no longer waits', async () => {
  const place = await silent()
  const { outcome, milliseconds } = await tryToConnect(urlOf(place), {
    patience: patient,
    stop: AbortSignal.timeout(50),
  })
  expect(outcome).toMatchObject({ name: 'TimeoutError' })
  expect(milliseconds).toBeLessThan(patient.attemptMs)
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends a launcher that waits', async (signal) => {
  const place = await silent()
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-waiting-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const launcher = npm(['start'], {
    DATABASE_URL: urlOf(place),
    PATCHBAY_DATA_DIR: folder,
    PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys,
    PATCHBAY_SESSION_SECRET: testSessionSecret,
    PORT: String(await freePort()),
  })
  await launcher.printed(new RegExp(`Waiting for the database at ${place}, attempt 2`))
  const asked = Date.now()
  launcher.signal(signal)
  await launcher.ended
  expect(Date.now() - asked).toBeLessThan(10_000)
  expect(launcher.output()).not.toMatch(/is ready|hush|^\s+at /m)
})
