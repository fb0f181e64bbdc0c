import { expect } from 'vitest'
import type { TestDatabase } from './database'

/** How processes use the lease of a token (DATA §7), as seen in the database. Assumes one token per workspace. */

type Subject = { sql: TestDatabase['sql']; instanceId: string }

const soon = { interval: 20, timeout: 20_000 }

async function leaseEnd({ sql, instanceId }: Subject): Promise<Date> {
  const [row] = await sql<{ leaseUntil: Date }>(`SELECT "leaseUntil" FROM "InstanceToken" WHERE "instanceId" = $1`, [
    instanceId,
  ])
  return row!.leaseUntil
}

/** How long the lease would last if its owner died now, by the database's clock. */
export async function leaseSecondsLeft({ sql, instanceId }: Subject): Promise<number> {
  const [row] = await sql<{ left: number }>(
    `SELECT EXTRACT(EPOCH FROM "leaseUntil" - clock_timestamp())::float8 AS "left" FROM "InstanceToken" WHERE "instanceId" = $1`,
    [instanceId],
  )
  return row!.left
}

/** Waits until the owner has extended the lease, which proves that it is alive. */
export async function untilExtended(subject: Subject): Promise<void> {
  const before = await leaseEnd(subject)
  await expect.poll(() => leaseEnd(subject), soon).not.toEqual(before)
}

/** Waits until the current lease would have expired if its owner had died. */
export async function untilItWouldHaveExpired(subject: Subject): Promise<void> {
  const end = await leaseEnd(subject)
  await expect
    .poll(() => subject.sql<{ over: boolean }>(`SELECT clock_timestamp() > $1::timestamptz AS "over"`, [end]), soon)
    .toEqual([{ over: true }])
}

/** Ends the database session of the lease's owner, like an administrator or a network failure. */
export async function cutOffOwner({ sql, instanceId }: Subject): Promise<void> {
  const ended = await sql<{ ended: boolean }>(
    `SELECT pg_terminate_backend("leaseSession") AS "ended" FROM "InstanceToken" WHERE "instanceId" = $1`,
    [instanceId],
  )
  expect(ended).toEqual([{ ended: true }])
}

/** Waits until a process without the lease reads the token. The owner itself only extends the lease. */
export async function untilAnotherWaits({ sql }: Subject): Promise<void> {
  const [row] = await sql<{ now: Date }>('SELECT clock_timestamp() AS "now"')
  const looks = () =>
    sql(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND query_start > $1 AND query LIKE $2`,
      [row!.now, '%AS "leased", i."status"%'],
    )
  await expect.poll(async () => (await looks()).length, soon).toBeGreaterThan(0)
}
