import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBuiltInDatabase } from '@/lib/platform/server/built-in-postgres/open'
import { findPostmaster, isPostgres } from '@/lib/platform/server/built-in-postgres/postmaster'
import { runSql } from '@/tests/support/database-server'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-built-in-'))
  chmodSync(folder, 0o711)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = () => join(folder, 'postgres')

test('it starts, keeps its data over a restart, and leaves no process behind', async () => {
  const first = await openBuiltInDatabase(folder)
  await runSql(first.url, 'CREATE TABLE kept (n int)')
  const { pid } = findPostmaster(files())!
  expect(await first.release()).toBe(true)
  expect(isPostgres(pid)).toBe(false)

  const second = await openBuiltInDatabase(folder)
  expect(second.joined).toBe(false)
  expect(await runSql(second.url, 'SELECT n FROM kept')).toEqual([])
  await second.release()
})

test('a second process joins the running server, and the last one to leave stops it', async () => {
  const one = await openBuiltInDatabase(folder)
  const two = await openBuiltInDatabase(folder)
  expect(two).toMatchObject({ joined: true, url: one.url })
  expect(await one.release()).toBe(false)
  expect(await runSql<{ one: number }>(two.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(await two.release()).toBe(true)
  expect(findPostmaster(files())).toBeNull()
})

test('two that start and leave at the same time share one server', async () => {
  const both = await Promise.all([openBuiltInDatabase(folder), openBuiltInDatabase(folder)])
  expect(both[0].url).toBe(both[1].url)
  const stopped = await Promise.all(both.map((one) => one.release()))
  expect(stopped.filter(Boolean)).toHaveLength(1)
  expect(findPostmaster(files())).toBeNull()
})

test('what a crash left behind does not prevent the next start', async () => {
  const crashed = await openBuiltInDatabase(folder)
  const lost = crashed.lost.then(() => 'noticed')
  process.kill(findPostmaster(files())!.pid, 'SIGKILL')
  expect(await lost).toBe('noticed')
  const next = await openBuiltInDatabase(folder)
  expect(await runSql(next.url, 'SELECT n FROM kept')).toEqual([])
  await next.release()
})

test('a lock file whose process id now belongs to another program is ignored', async () => {
  writeFileSync(join(files(), 'postmaster.pid'), `${process.pid}\n${files()}\n0\n54321\n\n127.0.0.1\n`)
  const next = await openBuiltInDatabase(folder)
  expect(next.joined).toBe(false)
  await next.release()
})

test('a cancelled start leaves no server behind', async () => {
  const stop = new AbortController()
  const opening = openBuiltInDatabase(folder, stop.signal)
  stop.abort()
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' })
  expect(findPostmaster(files())).toBeNull()
})

test('it listens on the loopback address only, orders text the same everywhere, and asks for its password', async () => {
  const database = await openBuiltInDatabase(folder)
  const [settings] = await runSql<Record<string, string>>(
    database.url,
    `SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets, datlocprovider::text AS provider, datlocale AS locale
     FROM pg_database WHERE datname = current_database()`,
  )
  expect(settings).toEqual({ addresses: '127.0.0.1', sockets: '', provider: 'b', locale: 'C.UTF-8' })
  const guessed = new URL(database.url)
  guessed.password = 'guessed'
  await expect(runSql(guessed.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  await database.release()
})

test('only its owner can read the password', () => {
  const path = join(folder, 'database-password')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8').trim().length).toBeGreaterThanOrEqual(32)
})
