import { beforeEach, expect, test } from 'vitest'
import { jobWords } from '@/components/settings/job-words'
import { systemDb } from '@/lib/platform/db/client'
import { job, noPayload } from '@/lib/platform/jobs/job'
import { openQueue } from '@/lib/platform/jobs/open-queue'
import { sendJob } from '@/lib/platform/jobs/send-job'
import { startQueue } from '@/lib/platform/jobs/start-queue'
import { version } from '@/lib/platform/version'
import { listWorkers } from '@/lib/settings/list-workers'
import { countWorkers } from '@/lib/worker/count-workers'
import { jobs } from '@/lib/worker/jobs'
import { WorkerRow } from '@/lib/worker/worker-row'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'

const { sql } = await testDatabase()
const administrator = await anActor('administrator')
const listed = async () => valueOf(await listWorkers(administrator, {}))

beforeEach(async () => void (await systemDb().worker.deleteMany()))

/** A row as a worker left it, that many seconds ago. */
async function aWorker(hostName: string, { seenAgo = 0, stopping = false } = {}): Promise<void> {
  await sql(
    `INSERT INTO "Worker" ("id", "hostName", "processId", "version", "running", "stopping", "seenAt")
     VALUES (gen_random_uuid(), $1, 7, '0.0.9', '{"read-import": 2}', $2, now() - make_interval(secs => $3))`,
    [hostName, stopping, seenAgo],
  )
}

test('before anything has started there are neither workers nor queues', async () => {
  expect(await listed()).toEqual({ version, workers: [], queues: [] })
})

test('a worker is running, stopping or silent, by the clock of the database', async () => {
  await aWorker('running', { seenAgo: 10 })
  await aWorker('stopping', { seenAgo: 10, stopping: true })
  await aWorker('silent', { seenAgo: 20, stopping: true })
  const { workers } = await listed()
  expect(Object.fromEntries(workers.map(({ hostName, state }) => [hostName, state]))).toEqual({
    running: 'running',
    stopping: 'stopping',
    silent: 'silent',
  })
  expect(workers[0]).toMatchObject({ version: '0.0.9', processId: 7, running: [{ job: 'read-import', count: 2 }] })
  expect(await countWorkers()).toEqual({ running: 1, stopping: 1, silent: 1 })
})

test('a worker reports what it does, and is gone when it has stopped', async () => {
  const ends: (() => void)[] = []
  const held = job({
    name: 'held',
    payload: noPayload,
    atOnce: 2,
    handle: () => new Promise<void>((resolve) => ends.push(resolve)),
  })
  const { activity, stop } = await startQueue([held])
  const row = new WorkerRow(activity)
  const seen = async () => (await listed()).workers.map(({ state, running, done }) => ({ state, running, done }))
  await expect.poll(seen).toEqual([{ state: 'running', running: [], done: 0 }])
  await Promise.all([sendJob('held', {}, 'a'), sendJob('held', {}, 'b')])
  await expect
    .poll(seen, { timeout: 20_000 })
    .toEqual([{ state: 'running', running: [{ job: 'held', count: 2 }], done: 0 }])
  expect((await listed()).workers[0]).toMatchObject({ version, processId: process.pid })

  // Its process was suspended for so long that the clean-up has deleted the row.
  await systemDb().worker.deleteMany()
  await row.stopping()
  expect(await seen()).toEqual([{ state: 'stopping', running: [{ job: 'held', count: 2 }], done: 0 }])
  for (const end of ends) end()
  await stop()
  await row.remove()
  expect(await seen()).toEqual([])
}, 60_000)

test('the queue says how many jobs wait, run and have failed, and how long the oldest one waits', async () => {
  const failing = job({
    name: 'failing',
    payload: noPayload,
    handle: async () => {
      throw new Error('always')
    },
  })
  const waiting = job({ name: 'waiting', payload: noPayload, handle: async () => {} })
  const { stop } = await startQueue([failing])
  await sendJob('failing', {}, 'a')
  const ofJob = async (name: string) => (await listed()).queues.find((queue) => queue.job === name)
  const nothing = { waiting: 0, running: 0, failed: 0, oldestSeconds: null }
  await expect.poll(() => ofJob('failing'), { timeout: 30_000 }).toEqual({ job: 'failing', ...nothing, failed: 1 })
  await stop()

  const close = await openQueue([waiting])
  expect(await ofJob('waiting')).toEqual({ job: 'waiting', ...nothing })
  await sendJob('waiting', {}, 'a')
  await sendJob('waiting', {}, 'b')
  await sql(
    `UPDATE pgboss.job SET start_after = now() - interval '90 seconds' WHERE singleton_key = 'a' AND name = 'waiting'`,
  )
  await sql(
    `UPDATE pgboss.job SET start_after = now() + interval '1 hour' WHERE singleton_key = 'b' AND name = 'waiting'`,
  )
  expect(await ofJob('waiting')).toMatchObject({ ...nothing, waiting: 2, oldestSeconds: expect.closeTo(90, -1) })
  expect((await listed()).queues.map((queue) => queue.job).filter((name) => name.startsWith('__'))).toEqual([])
  await close()
}, 90_000)

test('only administrators see the workers, whose rows belong to no workspace', async () => {
  const refused = await listWorkers(await anActor('manager'), {})
  expect(refused).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
})

test('every job has words for the page', () => {
  expect(Object.keys(jobWords).sort()).toEqual(jobs.map(({ name }) => name).sort())
})
