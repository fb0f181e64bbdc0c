import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBuiltInDatabase, type BuiltInDatabase } from '@/lib/platform/server/built-in-postgres/open'
import { keepInUse } from '@/lib/platform/server/built-in-postgres/in-use'
import { findPostmaster, isPostgres } from '@/lib/platform/server/built-in-postgres/postmaster'
import { runSql } from '@/tests/support/database-server'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-killed-backend-'))
  chmodSync(folder, 0o711)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const postmasterPid = () => findPostmaster(join(folder, 'postgres'))!.pid

/** Kills a process of the server as the system does when memory is short: Postgres then restarts all of them. */
async function killBackend({ url }: BuiltInDatabase): Promise<void> {
  const backends = await runSql<{ pid: number }>(
    url,
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'patchbay launcher'`,
  )
  process.kill(backends[0]!.pid, 'SIGKILL')
}

/** How many launchers hold the lock, by the server's own account. */
async function holders({ url }: BuiltInDatabase): Promise<number> {
  const [row] = await runSql<{ count: number }>(
    url,
    `SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted`,
  )
  return row!.count
}

const held = (database: BuiltInDatabase, count: number) =>
  vi.waitFor(async () => expect(await holders(database)).toBe(count), { timeout: 15_000, interval: 50 })

async function isLost({ lost }: BuiltInDatabase, withinMs: number): Promise<boolean> {
  return Promise.race([lost.then(() => true), sleep(withinMs, false)])
}

test('a launcher survives a killed backend, takes its lock again, and stops the server in the end', async () => {
  const database = await openBuiltInDatabase(folder)
  const pid = postmasterPid()
  for (let times = 0; times < 2; times += 1) {
    await killBackend(database)
    // Before it is back the lock may still be counted.
    await sleep(200)
    await held(database, 1)
  }
  expect(await isLost(database, 500)).toBe(false)
  expect(postmasterPid()).toBe(pid)
  expect(await database.release()).toBe(true)
  expect(isPostgres(pid)).toBe(false)
})

test('a launcher that ends while the server restarts stops it', async () => {
  const database = await openBuiltInDatabase(folder)
  const pid = postmasterPid()
  await killBackend(database)
  expect(await database.release()).toBe(true)
  expect(isPostgres(pid)).toBe(false)
  expect(await isLost(database, 100)).toBe(false)
})

test('a launcher that ends after a crash does not stop the server that another one uses', async () => {
  const one = await openBuiltInDatabase(folder)
  const two = await openBuiltInDatabase(folder)
  const pid = postmasterPid()
  await killBackend(one)
  expect(await one.release()).toBe(false)
  await held(two, 1)
  expect(await isLost(two, 500)).toBe(false)
  expect(await two.release()).toBe(true)
  expect(isPostgres(pid)).toBe(false)
})

test('a launcher gives up if the server no longer accepts its connections', async () => {
  const database = await openBuiltInDatabase(folder)
  const session = new Client({ connectionString: database.url })
  session.on('error', () => {})
  await session.connect()
  const { lost } = keepInUse(session, findPostmaster(join(folder, 'postgres'))!, async () => null, {
    inUseMs: 400,
    releasedMs: 100,
  })
  const began = Date.now()
  await killBackend(database)
  await lost
  expect(Date.now() - began).toBeGreaterThan(300)
  await held(database, 1)
  expect(await database.release()).toBe(true)
})
