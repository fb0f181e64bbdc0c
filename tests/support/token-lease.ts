import { expect } from 'vitest'
import type { TestDatabase } from './database'

/** What processes do with the lease of a token (DATA §7), as the database sees it. One token per workspace is meant. */

type Place = { sql: TestDatabase['sql']; instanceId: string }

const soon = { interval: 20, timeout: 20_000 }

async function leaseEnd({ sql, instanceId }: Place): Promise<Date> {
  const [row] = await sql<{ leaseUntil: Date }>(`SELECT "leaseUntil" FROM "InstanceToken" WHERE "instanceId" = $1`, [
    instanceId,
  ])
  return row!.leaseUntil
}

/** How long the lease would last if its holder died now, by the database's clock. */
export async function leaseSecondsLeft({ sql, instanceId }: Place): Promise<number> {
  const [row] = await sql<{ left: number }>(
    `SELECT EXTRACT(EPOCH FROM "leaseUntil" - clock_timestamp())::float8 AS "left" FROM "InstanceToken" WHERE "instanceId" = $1`,
    [instanceId],
  )
  return row!.left
}

/** Until the holder has made the lease longer than it is now: it lives. */
export async function untilExtended(place: Place): Promise<void> {
  const before = await leaseEnd(place)
  await expect.poll(() => leaseEnd(place), soon).not.toEqual(before)
}

/** Until the lease as it is now would have run out, had its holder died. */
export async function untilItWouldHaveRunOut(place: Place): Promise<void> {
  const end = await leaseEnd(place)
  await expect
    .poll(() => place.sql<{ over: boolean }>(`SELECT clock_timestamp() > $1::timestamptz AS "over"`, [end]), soon)
    .toEqual([{ over: true }])
}

/** Ends the database session of the lease's holder, as an administrator or a network does. */
export async function cutOffHolder({ sql, instanceId }: Place): Promise<void> {
  const ended = await sql<{ ended: boolean }>(
    `SELECT pg_terminate_backend("leaseSession") AS "ended" FROM "InstanceToken" WHERE "instanceId" = $1`,
    [instanceId],
  )
  expect(ended).toEqual([{ ended: true }])
}

/** Until somebody who does not hold the lease looks whether the token is there: the holder itself only extends it. */
export async function untilAnotherWaits({ sql }: Place): Promise<void> {
  const [row] = await sql<{ now: Date }>('SELECT clock_timestamp() AS "now"')
  const looks = () =>
    sql(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND query_start > $1 AND query LIKE $2`,
      [row!.now, '%AS "leased", i."status"%'],
    )
  await expect.poll(async () => (await looks()).length, soon).toBeGreaterThan(0)
}
