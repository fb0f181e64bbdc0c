import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import { deleteBefore, listDays } from '@/lib/platform/db/partitions'
import { deleteOldRequests } from '@/lib/request-log/delete-old-requests'
import { saveRetention } from '@/lib/settings/save-retention'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { planOf } from '../performance/plans'
import { recordStatements } from '../performance/recorded-statements'

const now = new Date('2026-03-10T15:30:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const tables = ['RequestLog', 'RequestLogBody'] as const

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterEach(() => database.sql(`TRUNCATE "RequestLog", "RequestLogBody"; DELETE FROM "Workspace"`))

/** A workspace with the periods; null: the default ones, never saved. */
async function aWorkspaceWith(periods: { requestDays: number; bodyHours: number } | null): Promise<string> {
  const actor = await anActor()
  const saved = periods && (await saveRetention(actor, { revision: 1, ...periods, confirmed: true }))
  if (saved?.ok === false) throw new Error(saved.error.message)
  return actor.workspaceId
}

/** Logs requests with bodies: `count` of each age in hours, a millisecond apart. */
async function logRequests(workspaceId: string, ages: number[], count = 1): Promise<void> {
  const rows = `SELECT gen_random_uuid() AS "id", age."at" + i * interval '1 ms' AS "at", $1::uuid AS "workspaceId"
    FROM unnest($2::timestamptz[]) AS age ("at"), generate_series(0, $3 - 1) AS i`
  await database.sql(
    `WITH rows AS (${rows}), bodies AS (INSERT INTO "RequestLogBody" ("id", "at", "workspaceId") SELECT * FROM rows)
     INSERT INTO "RequestLog" ("id", "at", "workspaceId", "correlationId", "purpose", "outcome", "httpMethod", "url")
     SELECT "id", "at", "workspaceId", "id", 'endpoint', 'succeeded', 'GET', 'https://api.example.com/' FROM rows`,
    [workspaceId, ages.map(hoursAgo), count],
  )
}

/** The ages of the stored rows, in hours. */
async function agesIn(table: (typeof tables)[number], workspaceId: string): Promise<number[]> {
  const rows = await database.sql<{ at: Date }>(`SELECT "at" FROM "${table}" WHERE "workspaceId" = $1 ORDER BY "at"`, [
    workspaceId,
  ])
  return rows.map(({ at }) => Math.round((now.getTime() - at.getTime()) / 3_600_000))
}

const countIn = async (table: string, workspaceId: string) =>
  (await database.sql(`SELECT FROM "${table}" WHERE "workspaceId" = $1`, [workspaceId])).length

describe('The clean-up of the request log', () => {
  test('deletes the requests and bodies of each workspace by its own retention, to the hour', async () => {
    const short = await aWorkspaceWith({ requestDays: 2, bodyHours: 5 })
    const usual = await aWorkspaceWith(null)
    const long = await aWorkspaceWith({ requestDays: 30, bodyHours: 240 })
    const ages = [1, 4, 6, 47, 49, 71, 73, 167, 169, 239, 241, 719, 721]
    for (const workspaceId of [short, usual, long]) await logRequests(workspaceId, ages)
    await deleteOldRequests(now)
    expect(await agesIn('RequestLog', short)).toEqual([47, 6, 4, 1])
    expect(await agesIn('RequestLogBody', short)).toEqual([4, 1])
    expect(await agesIn('RequestLog', usual)).toEqual([167, 73, 71, 49, 47, 6, 4, 1])
    expect(await agesIn('RequestLogBody', usual)).toEqual([71, 49, 47, 6, 4, 1])
    expect(await agesIn('RequestLog', long)).toEqual([719, 241, 239, 169, 167, 73, 71, 49, 47, 6, 4, 1])
    expect(await agesIn('RequestLogBody', long)).toEqual([239, 169, 167, 73, 71, 49, 47, 6, 4, 1])
  })

  test('drops the partitions that are older than the longest retention of any workspace, and no others', async () => {
    const short = await aWorkspaceWith({ requestDays: 1, bodyHours: 1 })
    const long = await aWorkspaceWith({ requestDays: 2, bodyHours: 30 })
    await logRequests(long, [1, 26, 40, 60, 90])
    await logRequests(short, [60])
    await deleteOldRequests(now)
    const past = async (table: (typeof tables)[number]) =>
      (await listDays(table)).filter((day) => day < now).map((day) => day.toISOString().slice(0, 10))
    expect(await past('RequestLog')).toEqual(['2026-03-08', '2026-03-09', '2026-03-10'])
    expect(await past('RequestLogBody')).toEqual(['2026-03-09', '2026-03-10'])
    expect(await agesIn('RequestLog', long)).toEqual([40, 26, 1])
  })

  test('of an installation without any workspace uses the default', async () => {
    const gone = await aWorkspaceWith({ requestDays: 90, bodyHours: 720 })
    await logRequests(gone, [167, 169])
    await database.sql(`DELETE FROM "Workspace"`)
    await deleteOldRequests(now)
    expect(await agesIn('RequestLog', gone)).toEqual([167])
  })

  test('uses a shorter retention from the next time on', async () => {
    const actor = await anActor()
    await aWorkspaceWith(null)
    await logRequests(actor.workspaceId, [100])
    await deleteOldRequests(now)
    expect(await agesIn('RequestLog', actor.workspaceId)).toEqual([100])
    await saveRetention(actor, { revision: 1, requestDays: 4, bodyHours: 1, confirmed: true })
    await deleteOldRequests(now)
    expect(await agesIn('RequestLog', actor.workspaceId)).toEqual([])
  })
})

describe('Requests of a workspace with a shorter retention', () => {
  /** 2,500 of them to delete, among more that stay. */
  async function aBusyInstallation() {
    const short = await aWorkspaceWith({ requestDays: 2, bodyHours: 24 })
    const usual = await aWorkspaceWith(null)
    // The partitions of those days exist, as they do while requests are logged.
    await logRequests(usual, [60, 70])
    await deleteOldRequests(now)
    await logRequests(short, [60], 2_500)
    await logRequests(short, [1], 10)
    await logRequests(usual, [60, 65, 70], 3_000)
    await database.sql('ANALYZE "RequestLog"; ANALYZE "RequestLogBody"')
    return { short, usual }
  }

  test('are deleted in batches, each by an index and in a transaction of its own', async () => {
    const { short, usual } = await aBusyInstallation()
    const statements = await recordStatements(() => deleteOldRequests(now))
    const large = new Set(
      (
        await database.sql<{ name: string }>(
          `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname LIKE 'RequestLog%' AND reltuples > 1000`,
        )
      ).map(({ name }) => name),
    )
    expect(large.size).toBeGreaterThanOrEqual(4)
    for (const table of tables) {
      const own = statements.filter(({ text, values }) => text.includes(`"${table}"`) && values.includes(short))
      expect(own.filter(({ text }) => text.startsWith('DELETE'))).toHaveLength(3)
      expect(own.filter(({ text }) => text.startsWith('SELECT'))).toHaveLength(3)
      for (const statement of own) {
        const plan = await planOf(database, statement)
        expect(plan.scannedWhole.filter((name) => large.has(name))).toEqual([])
        expect(plan.indexes.join(' ')).toMatch(/workspaceId_at/)
      }
      expect(await countIn(table, short)).toBe(10)
      expect(await countIn(table, usual)).toBe(9_002)
    }
    const batches = statements.filter(({ text, values }) => text.startsWith('DELETE') && values.includes(short))
    const first = statements.indexOf(batches[0]!)
    expect(statements.slice(first, statements.indexOf(batches[2]!)).map(({ text }) => text)).not.toContain('BEGIN')
  })

  test('are deleted while others are being logged, which do not wait', async () => {
    const { short, usual } = await aBusyInstallation()
    const open = Promise.withResolvers<void>()
    const logging = systemDb().$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO "RequestLogBody" ("id", "at", "workspaceId") VALUES (gen_random_uuid(), ${hoursAgo(60)}, ${short}::uuid)`
      await open.promise
    })
    await deleteBefore('RequestLogBody', short, hoursAgo(24))
    await logRequests(usual, [60])
    expect(await countIn('RequestLogBody', short)).toBe(10)
    open.resolve()
    await logging
    expect(await countIn('RequestLogBody', short)).toBe(11)
    await deleteBefore('RequestLogBody', short, hoursAgo(24))
    expect(await countIn('RequestLogBody', short)).toBe(10)
  })

  test('with the same time are all deleted', async () => {
    const short = await aWorkspaceWith({ requestDays: 2, bodyHours: 24 })
    await aWorkspaceWith(null)
    await logRequests(short, [60], 3_000)
    await database.sql(`UPDATE "RequestLog" SET "at" = $1`, [hoursAgo(60)])
    await deleteOldRequests(now)
    expect(await countIn('RequestLog', short)).toBe(0)
  })
})
