import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import { connectQueue } from '@/lib/platform/jobs/connect-queue'
import { testDatabase } from '@/tests/support/database'

const { sql } = await testDatabase()

type Setting = { idle_in_transaction_session_timeout: string }

test('the database ends a session that does nothing in a transaction for a minute', async () => {
  expect(await systemDb().$queryRaw<Setting[]>`SHOW idle_in_transaction_session_timeout`).toEqual([
    { idle_in_transaction_session_timeout: '1min' },
  ])
})

test('connections of the queue have the same limit', async () => {
  for (const works of [true, false]) {
    const boss = await connectQueue([], { works })
    const { rows } = await boss.getDb().executeSql('SHOW idle_in_transaction_session_timeout')
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '1min' }])
    await boss.stop()
  }
})

test('a transaction that was ended so is undone, and the process goes on', async () => {
  const hanging = systemDb().$transaction(async (tx) => {
    await tx.$executeRaw`INSERT INTO "Installation" ("id") VALUES (1) ON CONFLICT DO NOTHING`
    await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '100ms'`
    await sleep(500)
    await tx.$queryRaw`SELECT 1`
  })
  await expect(hanging).rejects.toThrow()
  expect(await sql(`SELECT FROM "Installation"`)).toEqual([])
  expect(await systemDb().installation.count()).toBe(0)
})
