import { expect, test } from 'vitest'
import { newId } from '@/lib/platform/db/new-id'
import { createPartitions, dropBefore, listDays } from '@/lib/platform/db/partitions'
import { systemDb } from '@/lib/platform/db/client'
import { cleanUp } from '@/lib/worker/clean-up'
import { acmeBasicValues, acmeConnector, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anActor, aSession, aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

const { sql } = await testDatabase()
const now = new Date('2026-03-10T15:30:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const workspace = await aWorkspace()

async function logRequest(at: Date): Promise<string> {
  const id = newId()
  await systemDb().requestLog.create({
    data: {
      id,
      at,
      workspaceId: workspace.id,
      correlationId: newId(),
      purpose: 'endpoint',
      outcome: 'succeeded',
      httpMethod: 'GET',
      url: 'https://api.example.com/',
    },
  })
  await systemDb().requestLogBody.create({ data: { id, at, workspaceId: workspace.id } })
  return id
}

const idsIn = async (table: string) => (await sql<{ id: string }>(`SELECT id FROM "${table}"`)).map(({ id }) => id)
const inDefault = async (table: string) => (await sql(`SELECT FROM "${table}_default"`)).length
const days = async (table: 'RequestLog' | 'RequestLogBody') =>
  (await listDays(table)).map((day) => day.toISOString().slice(0, 10))

const ofThisDatabase = `"database" = (SELECT oid FROM pg_database WHERE datname = current_database())`
/** Database sessions that wait for a lock on a table. */
const waiting = async () =>
  (await sql(`SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND ${ofThisDatabase}`)).length
const writersOf = async (table: string) =>
  (await sql(`SELECT FROM pg_locks WHERE relation = '"${table}"'::regclass AND mode = 'RowExclusiveLock'`)).length

test('bodies are stored for 72 hours and metadata for 7 days, to the hour', async () => {
  const rows = {
    fresh: await logRequest(hoursAgo(1)),
    body: await logRequest(hoursAgo(71)),
    noBody: await logRequest(hoursAgo(73)),
    week: await logRequest(hoursAgo(167)),
    old: await logRequest(hoursAgo(169)),
  }
  await cleanUp(now)
  expect((await idsIn('RequestLog')).sort()).toEqual([rows.fresh, rows.body, rows.noBody, rows.week].sort())
  expect((await idsIn('RequestLogBody')).sort()).toEqual([rows.fresh, rows.body].sort())
})

test('rows in the default partition are moved to the partition of their day', async () => {
  expect(await inDefault('RequestLog')).toBe(0)
  const [row] = await sql<{ partition: string }>(
    `SELECT tableoid::regclass::text AS partition FROM "RequestLog" WHERE at = $1`,
    [hoursAgo(1)],
  )
  expect(row?.partition).toContain('RequestLog_20260310')
})

test('partitions are created before their day begins, and dropped after it has passed', async () => {
  expect(await days('RequestLogBody')).toEqual(['2026-03-07', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'])
  await cleanUp(new Date('2026-03-30T00:00:00Z'))
  expect(await days('RequestLog')).toEqual(['2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02'])
  expect(await idsIn('RequestLog')).toEqual([])
})

test('a partition can be created while requests are being logged', async () => {
  const day = new Date('2026-05-01T12:00:00Z')
  const writing = Promise.all(Array.from({ length: 30 }, () => logRequest(day)))
  await Promise.all([writing, createPartitions('RequestLog', day, 0)])
  await createPartitions('RequestLog', day, 0)
  expect(await idsIn('RequestLog')).toHaveLength(30)
  await dropBefore('RequestLog', new Date('2026-06-01T00:00:00Z'))
})

test('a line that waits while its partition is created is written to that partition', async () => {
  const day = new Date('2026-07-01T12:00:00Z')
  const released = Promise.withResolvers<void>()
  const holding = systemDb().$transaction(
    async (transaction) => {
      await transaction.$executeRaw`LOCK TABLE "RequestLog_default" IN ROW EXCLUSIVE MODE`
      await released.promise
    },
    { timeout: 30_000 },
  )
  await expect.poll(() => writersOf('RequestLog_default')).toBe(1)
  const making = createPartitions('RequestLog', day, 0)
  await expect.poll(waiting).toBe(1)
  const writing = logRequest(day)
  await expect.poll(waiting).toBe(2)
  released.resolve()
  await Promise.all([holding, making, writing])
  expect(await idsIn('RequestLog')).toEqual([await writing])
  expect(await inDefault('RequestLog')).toBe(0)
  await dropBefore('RequestLog', new Date('2026-08-01T00:00:00Z'))
})

test('sign-in counters are deleted after a day, unless they still block or name an address that signed in within 90 days', async () => {
  const counter = (key: string, blockedUntil: Date | null) => ({
    key,
    failures: 3,
    lastAttemptAt: hoursAgo(25),
    blockedUntil,
  })
  await systemDb().signInThrottle.createMany({
    data: [
      counter('old', null),
      counter('over', hoursAgo(20)),
      counter('blocks', hoursAgo(-1)),
      { key: 'new', lastAttemptAt: hoursAgo(1) },
      { ...counter('known', null), succeededAt: hoursAgo(89 * 24) },
      { ...counter('known long ago', null), succeededAt: hoursAgo(91 * 24) },
    ],
  })
  await cleanUp(now)
  const left = await systemDb().signInThrottle.findMany({ select: { key: true }, orderBy: { key: 'asc' } })
  expect(left.map(({ key }) => key)).toEqual(['blocks', 'known', 'new'])
})

test('sessions are deleted 30 days after their planned end, even if they ended earlier', async () => {
  const { userId } = await anActor('user', workspace.id)
  await systemDb().session.deleteMany({ where: { userId } })
  const session = (endsAt: Date, endedAt: Date | null) =>
    aSession({ workspaceId: workspace.id, userId }, { endsAt, endedAt })
  const old = hoursAgo(30 * 24 + 1)
  await session(old, null)
  await session(old, hoursAgo(40 * 24))
  const left = [
    await session(hoursAgo(30 * 24 - 1), null),
    await session(hoursAgo(30 * 24 - 1), hoursAgo(40 * 24)),
    await session(hoursAgo(-1), null),
  ]
  await cleanUp(now)
  expect((await idsIn('Session')).sort()).toEqual(left.map(({ sessionId }) => sessionId).sort())
})

test('turns of killed processes are deleted after an hour', async () => {
  const acme = await acmeConnector(workspace.id, 'http://127.0.0.1:1')
  const instance = await acmeInstance(acme, await acmeMethod(acme, 'basic'), acmeBasicValues)
  const turn = (until: Date) => ({
    id: newId(),
    workspaceId: workspace.id,
    instanceId: instance.id,
    admitted: true,
    until,
  })
  const [left, live] = [turn(hoursAgo(1.1)), turn(hoursAgo(0.9))]
  await systemDb().requestTurn.createMany({ data: [left, live] })
  await cleanUp(now)
  expect(await idsIn('RequestTurn')).toEqual([live.id])
})

test('a worker that has not been seen for an hour is forgotten', async () => {
  const worker = (hostName: string, seenAt: Date) =>
    systemDb().worker.create({ data: { hostName, seenAt, processId: 1, version: '1', running: {} } })
  await worker('gone', hoursAgo(1.1))
  await worker('silent', hoursAgo(0.9))
  await cleanUp(now)
  expect(await systemDb().worker.findMany({ select: { hostName: true } })).toEqual([{ hostName: 'silent' }])
})
