import { expect, test } from 'vitest'
import { testDatabase } from '@/tests/support/database'
import { breakableDatabase } from '@/tests/support/breakable-database'

await testDatabase()
const way = await breakableDatabase(process.env.DATABASE_URL!)
process.env.DATABASE_URL = way.url
const { systemDb } = await import('@/lib/platform/db/client')
const { isDatabaseGone } = await import('@/lib/platform/db/database-gone')

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

const terminateOthers = () =>
  systemDb().$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = current_database()`

test('a database that cannot be reached counts as gone, for each kind of query, and recovers', async () => {
  const db = systemDb()
  await db.user.count()
  await way.break()
  const failures = [
    await failureOf(db.user.count()),
    await failureOf(db.$queryRaw`SELECT 1`),
    await failureOf(db.$transaction((transaction) => transaction.user.count())),
    await failureOf(db.$transaction([db.user.count()])),
  ]
  expect(failures.map(isDatabaseGone)).toEqual([true, true, true, true])
  await way.mend()
  expect(await db.user.count()).toBeGreaterThanOrEqual(0)
})

test('a query whose backend is ended in the middle', async () => {
  expect(isDatabaseGone(await failureOf(terminateOthers()))).toBe(true)
})

test('a query that is wrong is a bug, and so is everything else', async () => {
  expect(isDatabaseGone(await failureOf(systemDb().$queryRawUnsafe('SELEC 1')))).toBe(false)
  expect(isDatabaseGone(await failureOf(systemDb().user.create({ data: {} as never })))).toBe(false)
  expect([new Error('x'), null, 'Connection terminated', { code: 'ECONNREFUSED' }].map(isDatabaseGone)).toEqual([
    false,
    false,
    false,
    false,
  ])
})
