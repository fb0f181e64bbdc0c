import { expect, test } from 'vitest'
import { z } from 'zod'
import { job, noPayload } from '@/lib/platform/jobs/job'
import { openQueue } from '@/lib/platform/jobs/open-queue'
import { sendJob } from '@/lib/platform/jobs/send-job'
import { startQueue } from '@/lib/platform/jobs/start-queue'
import { testDatabase } from '@/tests/support/database'

const { sql } = await testDatabase()

const connections = () =>
  sql<{ seconds: number }>(
    `SELECT EXTRACT(EPOCH FROM now() - backend_start)::float8 AS seconds FROM pg_stat_activity
     WHERE application_name = 'patchbay jobs, key test' AND datname = current_database()`,
  )
const statesOf = async (name: string) =>
  (await sql<{ state: string }>(`SELECT state FROM pgboss.job WHERE name = $1 ORDER BY created_on`, [name])).map(
    ({ state }) => state,
  )

/** Jobs that go on until the test lets them end. */
function heldJobs(name: string) {
  const ends: (() => void)[] = []
  const held = job({
    name,
    payload: noPayload,
    atOnce: 2,
    handle: () => new Promise<void>((resolve) => ends.push(resolve)),
  })
  return { held, ends }
}

test('a scheduled job runs once at start, in one of the processes, and the queue can be stopped', async () => {
  const ran: Date[] = []
  const counting = job({
    name: 'count-runs',
    schedule: '0 0 1 1 *',
    payload: noPayload,
    handle: async (_payload, now) => ran.push(now),
  })
  const queues = await Promise.all([startQueue([counting]), startQueue([counting])])
  await expect.poll(() => ran.length, { timeout: 20_000 }).toBe(1)
  await Promise.all(queues.map(({ stop }) => stop()))
  expect(ran).toHaveLength(1)
  expect(await sql(`SELECT name, cron FROM pgboss.schedule`)).toEqual([{ name: 'count-runs', cron: '0 0 1 1 *' }])
  expect(await connections()).toEqual([])
}, 60_000)

test('a process that only sends does no job, and names its key for as long as it runs', async () => {
  const ran: unknown[] = []
  const sent = job({ name: 'only-sent', payload: noPayload, handle: async () => ran.push(1) })
  const close = await openQueue([sent])
  await sendJob('only-sent', {}, 'a')
  // Longer than a connection stays open that nothing uses.
  await expect
    .poll(async () => Math.max(...(await connections()).map(({ seconds }) => seconds)), { timeout: 30_000 })
    .toBeGreaterThan(12)
  expect(ran).toEqual([])
  expect(await statesOf('only-sent')).toEqual(['created'])
  await close()

  const { activity, stop } = await startQueue([sent])
  await expect.poll(() => activity.done, { timeout: 20_000 }).toBe(1)
  expect(ran).toEqual([1])
  await stop()
}, 90_000)

test('a process that stops waits for what it does, and takes nothing more', async () => {
  const { held, ends } = heldJobs('finished')
  const { activity, stop } = await startQueue([held])
  await sendJob('finished', {}, 'a')
  await expect.poll(() => ends.length, { timeout: 20_000 }).toBe(1)
  expect(activity.running).toEqual({ finished: 1 })
  const stopped = stop()
  await sql(`INSERT INTO pgboss.job (name, singleton_key, policy) VALUES ('finished', 'b', 'exclusive')`)
  // A free slot asks every second.
  await expect
    .poll(
      async () =>
        (await sql(`SELECT FROM pgboss.job WHERE name = 'finished' AND created_on < now() - interval '2.5 seconds'`))
          .length,
      { timeout: 20_000 },
    )
    .toBe(2)
  ends[0]!()
  await stopped
  expect(activity).toMatchObject({ running: {}, done: 1, failed: 0 })
  expect(await statesOf('finished')).toEqual(['completed', 'created'])
}, 60_000)

test('what does not end in time is back in the queue at once, for another process, and the first one settles nothing', async () => {
  const { held, ends } = heldJobs('cut-off')
  const first = await startQueue([held])
  await sendJob('cut-off', {}, 'a')
  await expect.poll(() => ends.length, { timeout: 20_000 }).toBe(1)
  await first.stop(1_000)
  expect(await statesOf('cut-off')).toEqual(['retry'])
  const second = await startQueue([held])
  await expect.poll(() => ends.length, { timeout: 5_000 }).toBe(2)
  // The first one is too late.
  ends[0]!()
  await expect.poll(() => first.activity.done).toBe(1)
  expect(await statesOf('cut-off')).toEqual(['active'])
  ends[1]!()
  await expect.poll(() => statesOf('cut-off')).toEqual(['completed'])
  await second.stop()
}, 60_000)

test('a job that throws counts as failed, and is tried again', async () => {
  let tries = 0
  const failing = job({
    name: 'fails-once',
    payload: noPayload,
    handle: async () => {
      tries += 1
      if (tries === 1) throw new Error('not yet')
    },
  })
  const { activity, stop } = await startQueue([failing])
  await sendJob('fails-once', {}, 'a')
  await expect.poll(() => activity.done, { timeout: 20_000 }).toBe(1)
  expect(activity).toMatchObject({ running: {}, done: 1, failed: 1 })
  await stop()
}, 60_000)

test('a payload that does not fit fails the job before its work begins', async () => {
  const handled: string[] = []
  const greet = job({
    name: 'greet',
    payload: z.strictObject({ name: z.string() }),
    handle: async ({ name }) => handled.push(name),
  })
  await greet.run({ name: 'Dana' }, new Date())
  await expect(greet.run({ name: 1 }, new Date())).rejects.toThrow()
  expect(handled).toEqual(['Dana'])
})
