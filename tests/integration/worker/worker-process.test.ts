import { expect, onTestFinished, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { startImport } from '@/lib/imports/start-import'
import { openQueue } from '@/lib/platform/jobs/open-queue'
import type { WorkerProcess } from '@/lib/platform/server/start-worker'
import { jobs } from '@/lib/worker/jobs'
import { startWorkerFor } from '@/tests/support/app-process'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { importOf } from '@/tests/support/imports'
import { sandboxOpenApi } from '@/tests/support/open-api-documents'
import { anHttpServer } from '@/tests/support/servers'

/** Workers as processes of their own, which may end or hang at any time. */

const { url, sql } = await testDatabase()
await openQueue(jobs)
const actor = await anActor('manager')

async function aWorker(): Promise<WorkerProcess> {
  let output = ''
  const worker = startWorkerFor({
    databaseUrl: url,
    url: 'http://localhost:3000',
    onOutput: (text) => (output += text),
  })
  onTestFinished(() => worker.signal('SIGKILL'))
  expect(await worker.ready, output).toBe(true)
  return worker
}

/** A document that is delivered on request only: to whom asks first, second … */
async function aSlowDocument() {
  const deliveries: ((title: string) => void)[] = []
  const server = await anHttpServer(
    (_request, response) =>
      new Promise<void>((resolve) => {
        deliveries.push((title) => {
          const document = sandboxOpenApi('https://shop.acme.test')
          response.end(JSON.stringify({ ...document, info: { ...document.info, title } }))
          resolve()
        })
      }),
  )
  return { url: server.url, deliveries }
}

async function imported(by: PersonActor, address: string): Promise<string> {
  return valueOf(await startImport(by, { url: address })).id
}

/** A heartbeat is missed after ten seconds; a loaded machine may need a little longer than it should. */
const takenOverMs = 20_000

test('the job of a killed worker is taken over within seconds, and one that wakes up too late changes nothing', async () => {
  const [hung, killed] = [await aSlowDocument(), await aSlowDocument()]
  const sleeper = await aWorker()
  const ofSleeper = await imported(actor, hung.url)
  await expect.poll(() => hung.deliveries.length, { timeout: takenOverMs }).toBe(1)
  sleeper.signal('SIGSTOP')

  const victim = await aWorker()
  const ofVictim = await imported(actor, killed.url)
  await expect.poll(() => killed.deliveries.length, { timeout: takenOverMs }).toBe(1)
  victim.signal('SIGKILL')
  const killedAt = performance.now()
  const other = await aWorker()

  await expect.poll(() => killed.deliveries.length, { timeout: takenOverMs, interval: 50 }).toBe(2)
  expect(performance.now() - killedAt).toBeLessThan(takenOverMs)
  await expect.poll(() => hung.deliveries.length, { timeout: takenOverMs }).toBe(2)
  for (const { deliveries } of [hung, killed]) deliveries[1]!('From the second worker')
  for (const importId of [ofSleeper, ofVictim]) {
    await expect.poll(async () => (await importOf(actor, importId)).state, { timeout: takenOverMs }).toBe('ready')
    expect(await importOf(actor, importId)).toMatchObject({ name: 'From the second worker' })
  }

  const before = await importOf(actor, ofSleeper)
  hung.deliveries[0]!('From the worker that was overtaken')
  sleeper.signal('SIGCONT')
  // It first finishes what it believes to be its job.
  await sleeper.stop()
  expect(await importOf(actor, ofSleeper)).toEqual(before)
  await other.stop()
  expect(await other.ended).toBe('exit code 0')
}, 120_000)

test('a worker that is asked to stop finishes its job first', async () => {
  const document = await aSlowDocument()
  const worker = await aWorker()
  const importId = await imported(actor, document.url)
  await expect.poll(() => document.deliveries.length, { timeout: takenOverMs }).toBe(1)
  const stopped = worker.stop()
  await expect.poll(() => sql(`SELECT FROM "Worker" WHERE "stopping"`), { timeout: takenOverMs }).toHaveLength(1)
  const later = await imported(actor, document.url)
  document.deliveries[0]!('Acme Shop')
  await stopped
  expect(await worker.ended).toBe('exit code 0')
  expect(await importOf(actor, importId)).toMatchObject({ state: 'ready', name: 'Acme Shop' })
  expect(await importOf(actor, later)).toMatchObject({ state: 'waiting' })
}, 60_000)
