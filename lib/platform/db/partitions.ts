import 'server-only'
import { systemDb } from './client'

/** A table partitioned by day of its column `at`, with a default partition for days without their own. */
export type DailyTable = 'RequestLog' | 'RequestLogBody'

type Transaction = Parameters<Parameters<ReturnType<typeof systemDb>['$transaction']>[0]>[0]

const dayMs = 24 * 60 * 60 * 1_000

function startOfDay(time: Date): Date {
  return new Date(Math.floor(time.getTime() / dayMs) * dayMs)
}

function nextDay(day: Date): Date {
  return new Date(day.getTime() + dayMs)
}

function partitionName(table: DailyTable, day: Date): string {
  return `${table}_${day.toISOString().slice(0, 10).replaceAll('-', '')}`
}

/** The days that have their own partition, earliest first. */
export async function listDays(table: DailyTable): Promise<Date[]> {
  const rows = await systemDb().$queryRaw<{ name: string }[]>`
    SELECT child.relname AS name FROM pg_inherits
    JOIN pg_class parent ON parent.oid = inhparent JOIN pg_class child ON child.oid = inhrelid
    WHERE parent.relname = ${table} AND parent.relnamespace = current_schema()::regnamespace ORDER BY child.relname`
  return rows.flatMap(({ name }) => {
    const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? []
    return year ? [new Date(`${year}-${month}-${day}T00:00:00Z`)] : []
  })
}

/** Creates a partition for each of the coming days, and for each day with rows in the default partition. */
export async function createPartitions(table: DailyTable, now: Date, daysAhead: number): Promise<void> {
  const have = new Set((await listDays(table)).map(Number))
  const coming = Array.from({ length: daysAhead + 1 }, (_, index) =>
    startOfDay(new Date(now.getTime() + index * dayMs)),
  )
  const wanted = new Set([...(await daysInDefault(table)), ...coming].map(Number))
  for (const day of wanted) if (!have.has(day)) await createPartition(table, new Date(day))
}

async function daysInDefault(table: DailyTable): Promise<Date[]> {
  const rows = await systemDb().$queryRawUnsafe<{ day: Date }[]>(
    `SELECT DISTINCT date_trunc('day', "at", 'UTC') AS day FROM "${table}_default"`,
  )
  return rows.map(({ day }) => day)
}

/**
 * Postgres refuses a new partition for rows that are in the default one, so they are moved before it is attached.
 * Writers wait for the lock on the table itself: a write that had already chosen the default partition would fail
 * afterwards.
 */
async function createPartition(table: DailyTable, day: Date): Promise<void> {
  const [name, from, to] = [partitionName(table, day), day.toISOString(), nextDay(day).toISOString()]
  await alone(async (transaction) => {
    for (const statement of [
      `LOCK TABLE ONLY "${table}" IN SHARE ROW EXCLUSIVE MODE`,
      `LOCK TABLE "${table}_default" IN ACCESS EXCLUSIVE MODE`,
      `CREATE TABLE IF NOT EXISTS "${name}" (LIKE "${table}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
      `WITH moved AS (DELETE FROM "${table}_default" WHERE "at" >= '${from}' AND "at" < '${to}' RETURNING *) INSERT INTO "${name}" SELECT * FROM moved`,
      `ALTER TABLE "${table}" ATTACH PARTITION "${name}" FOR VALUES FROM ('${from}') TO ('${to}')`,
    ]) {
      await transaction.$executeRawUnsafe(statement)
    }
  })
}

/** Removes rows older than the limit: whole days by dropping their partitions, the rest in batches. */
export async function dropBefore(table: DailyTable, limit: Date): Promise<void> {
  for (const day of await listDays(table)) {
    if (nextDay(day) > limit) break
    await alone((transaction) => transaction.$executeRawUnsafe(`DROP TABLE "${partitionName(table, day)}"`))
  }
  await deleteBefore(table, null, limit)
}

/** Small enough that a batch takes some milliseconds. */
const rowsInBatch = 1_000

/**
 * Deletes the rows of a workspace (null: of all) that are older than the limit, oldest first, in batches that are
 * transactions of their own. Each batch reads an index from where the one before ended.
 */
export async function deleteBefore(table: DailyTable, workspaceId: string | null, limit: Date): Promise<void> {
  const [whose, parameters] = workspaceId === null ? ['true', []] : ['"workspaceId" = $3::uuid', [workspaceId]]
  const lastOfBatch = `SELECT "at" FROM "${table}" WHERE ${whose} AND "at" >= $1::timestamptz AND "at" < $2::timestamptz
    ORDER BY "at" OFFSET ${rowsInBatch - 1} LIMIT 1`
  for (let from: Date | null = new Date(0); from !== null;) {
    const found: { at: Date }[] = await systemDb().$queryRawUnsafe(lastOfBatch, from, limit, ...parameters)
    const last = found[0]?.at ?? null
    await systemDb().$executeRawUnsafe(
      `DELETE FROM "${table}" WHERE ${whose} AND "at" >= $1::timestamptz AND "at" ${last ? '<=' : '<'} $2::timestamptz`,
      ...[from, last ?? limit, ...parameters],
    )
    from = last
  }
}

/** Changes of tables wait only briefly for writers, so that they do not block everyone behind them. */
async function alone(work: (transaction: Transaction) => Promise<unknown>): Promise<void> {
  await systemDb().$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SET LOCAL lock_timeout = '5s'`
      await work(transaction)
    },
    { timeout: 60_000 },
  )
}
