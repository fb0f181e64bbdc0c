import { expect, test } from 'vitest'
import { z } from 'zod'
import { job, noPayload } from '@/lib/platform/jobs/job'
import { startQueue } from '@/lib/platform/jobs/start-queue'
import { testDatabase } from '@/tests/support/database'

const { sql } = await testDatabase()

test('a scheduled job runs once at start, in one of the processes, and the queue can be stopped', async () => {
  const ran: Date[] = []
  const counting = job({
    name: 'count-runs',
    schedule: '0 0 1 1 *',
    payload: noPayload,
    handle: async (_payload, now) => ran.push(now),
  })
  const stops = await Promise.all([startQueue([counting]), startQueue([counting])])
  await expect.poll(() => ran.length, { timeout: 20_000 }).toBe(1)
  await Promise.all(stops.map((stop) => stop()))
  expect(ran).toHaveLength(1)
  expect(await sql(`SELECT name, cron FROM pgboss.schedule`)).toEqual([{ name: 'count-runs', cron: '0 0 1 1 *' }])
  expect(
    await sql(
      `SELECT FROM pg_stat_activity WHERE application_name = 'patchbay jobs, key test' AND datname = current_database()`,
    ),
  ).toEqual([])
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
