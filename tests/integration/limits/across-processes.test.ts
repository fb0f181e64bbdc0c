import { afterAll, beforeEach, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import type { RequestWorker } from '../../support/start-request-worker'
import { twoRequestWorkers } from '../../support/two-request-workers'

/**
 * The limits of an instance apply to all processes together. Tested with real processes that are really killed, and a
 * real third party (PRODUCT §7).
 */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let job: { actor: PersonActor; instanceId: string; endpointId: string; timeoutSeconds: number }
let acme: Acme
const workers = twoRequestWorkers()

beforeEach(async () => {
  await sandbox.control.reset()
  const actor = await anActor('user')
  acme = await acmeConnector(actor.workspaceId, sandbox.url)
  const method = await acmeMethod(acme, 'basic')
  const instance = await acmeInstance(acme, method, acmeBasicValues)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  // Much shorter than requests wait here: waiting for a turn does not count towards the timeout.
  job = { actor, instanceId: instance.id, endpointId: endpoint.id, timeoutSeconds: 1 }
  // The first request of a process is slower, which would hide when it was admitted.
  await runAll(1, 1)
  await sandbox.control.clearRequests()
}, 60_000)

const limit = (data: Prisma.InstanceUpdateManyMutationInput) =>
  systemDb().instance.updateMany({ where: { id: job.instanceId }, data })
const limitConnector = (data: Prisma.ConnectorUpdateManyMutationInput) =>
  systemDb().connector.updateMany({ where: { id: acme.connectorId }, data })
const runAll = (...counts: number[]) =>
  Promise.all(counts.map((count, index) => workers[index]!.run({ ...job, count }))).then((results) => results.flat())
const arrivals = async () =>
  (await sandbox.control.getRequests({ path: '/orders' })).map(({ at }) => Date.parse(at)).sort((a, b) => a - b)
const turns = async () => (await sql('SELECT FROM "RequestTurn" WHERE "instanceId" = $1', [job.instanceId])).length
/** In each process the oldest request asks for its turn and the others queue behind it. */
const waitingTurns = async () =>
  (await sql('SELECT FROM "RequestTurn" WHERE "instanceId" = $1 AND NOT "admitted"', [job.instanceId])).length
const poll = { interval: 20, timeout: 20_000 }

/** Until the current slots would be free again if their process had died. */
async function untilPlacesWouldBeFree(): Promise<void> {
  const [row] = await sql<{ end: Date }>(
    'SELECT max("until") AS "end" FROM "RequestTurn" WHERE "instanceId" = $1 AND "admitted"',
    [job.instanceId],
  )
  const over = () => sql<{ over: boolean }>('SELECT clock_timestamp() > $1::timestamptz AS "over"', [row!.end])
  await expect.poll(over, poll).toEqual([{ over: true }])
}

/** How long the current slots stay taken if their process dies now. */
async function placesSecondsLeft(): Promise<number> {
  const [row] = await sql<{ left: number }>(
    `SELECT EXTRACT(EPOCH FROM max("until") - clock_timestamp())::float8 AS "left" FROM "RequestTurn"
     WHERE "instanceId" = $1 AND "admitted"`,
    [job.instanceId],
  )
  return row!.left
}

function mostWithin(times: number[], milliseconds: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + milliseconds).length))
}

/**
 * On a slow machine a request may arrive late, so that two arrive closer together. A process with its own limits would
 * send twice as many.
 */
const jitterMs = 40

test('requests of two processes wait for the rate limit of their instance', { timeout: 60_000 }, async () => {
  await limit({ rateLimitAmount: 10, rateLimitUnit: 'second' })
  const results = await runAll(20, 20)
  expect(results.map(({ status, message }) => status ?? message)).toEqual(Array(40).fill(200))
  const times = await arrivals()
  expect(mostWithin(times, 1_000 - jitterMs)).toBeLessThanOrEqual(10)
  expect(times.at(-1)! - times[0]!).toBeGreaterThan(3_900)
  expect(await turns()).toBe(0)
})

test("an instance without its own rate limit uses the connector's", { timeout: 60_000 }, async () => {
  await limitConnector({ rateLimitAmount: 5, rateLimitUnit: 'second' })
  await runAll(4, 4)
  const times = await arrivals()
  expect(times).toHaveLength(8)
  expect(mostWithin(times, 1_000 - jitterMs)).toBeLessThanOrEqual(5)
  expect(times.at(-1)! - times[0]!).toBeGreaterThan(1_400 - jitterMs)
})

test('a tenth of a rate limit may be sent at once', { timeout: 60_000 }, async () => {
  await limit({ rateLimitAmount: 100, rateLimitUnit: 'minute' })
  await runAll(6, 6)
  const times = await arrivals()
  // Evenly spaced they would take six seconds.
  expect(times[9]! - times[0]!).toBeLessThan(3_000)
  expect(times[11]! - times[0]!).toBeGreaterThan(1_300 - jitterMs)
})

/** Each request takes at least as long as the third party delays it. */
const delayMs = 300

test(
  'there are never more simultaneous requests than the instance allows, whatever the number of processes',
  { timeout: 60_000 },
  async () => {
    await limit({ maxConcurrent: 2 })
    await sandbox.control.delayApi({ ms: delayMs })
    const results = await runAll(8, 8)
    expect(results.map(({ status, message }) => status ?? message)).toEqual(Array(16).fill(200))
    const times = await arrivals()
    expect(mostWithin(times, delayMs - 5)).toBe(2)
    expect(await turns()).toBe(0)
  },
)

test('one request of a process is not left behind by the many of another', { timeout: 60_000 }, async () => {
  await limit({ maxConcurrent: 1 })
  await sandbox.control.delayApi({ ms: 100 })
  const many = workers[0]!.run({ ...job, count: 60 })
  await expect.poll(async () => (await arrivals()).length, poll).toBeGreaterThan(2)
  const before = (await arrivals()).length
  expect(await workers[1]!.run({ ...job, count: 1 })).toMatchObject([{ status: 200 }])
  // Each takes a tenth of a second. After one second the oldest goes first.
  expect((await arrivals()).length - before).toBeLessThan(25)
  await many
})

test('both limits apply together', { timeout: 60_000 }, async () => {
  await limit({ rateLimitAmount: 10, rateLimitUnit: 'second', maxConcurrent: 1 })
  await sandbox.control.delayApi({ ms: delayMs, times: 3 })
  await runAll(8, 8)
  const times = await arrivals()
  expect(times).toHaveLength(16)
  expect(mostWithin(times, 1_000 - jitterMs)).toBeLessThanOrEqual(10)
  expect(mostWithin(times.slice(0, 4), delayMs - 5)).toBe(1)
})

test('the slots of a killed process are free within ten seconds', { timeout: 60_000 }, async () => {
  await limit({ maxConcurrent: 2 })
  await sandbox.control.delayApi({ ms: 60_000, times: 2 })
  const [dying, other] = workers as [RequestWorker, RequestWorker]
  dying.run({ ...job, timeoutSeconds: 60, count: 10 }).catch(() => {})
  await expect.poll(async () => (await arrivals()).length, { timeout: 20_000 }).toBe(2)
  const waiting = other.run({ ...job, count: 4 })
  // The oldest request of each process waits.
  await expect.poll(waitingTurns, poll).toBe(2)
  // The process lives, so its slots stay taken for longer than those of a dead one.
  await untilPlacesWouldBeFree()
  expect(await arrivals()).toHaveLength(2)
  await dying.kill()
  // Waiting requests ask several times a second, so a free slot is taken within ten seconds.
  expect(await placesSecondsLeft()).toBeLessThanOrEqual(8)
  expect((await waiting).map(({ status, message }) => status ?? message)).toEqual(Array(4).fill(200))
})

test('a changed limit takes effect immediately, also for waiting requests', { timeout: 60_000 }, async () => {
  await limit({ rateLimitAmount: 1, rateLimitUnit: 'minute' })
  const waiting = runAll(10, 10)
  await expect.poll(async () => (await arrivals()).length, { timeout: 20_000 }).toBe(1)
  await expect.poll(waitingTurns, poll).toBe(2)
  expect(await arrivals()).toHaveLength(1)
  await limit({ rateLimitAmount: 50, rateLimitUnit: 'second' })
  // With the old limit, one of them would still wait for a minute and the others for longer.
  expect((await waiting).map(({ status, message }) => status ?? message)).toEqual(Array(20).fill(200))
})

test('a new limit takes effect immediately', { timeout: 60_000 }, async () => {
  await runAll(5, 5)
  await limit({ rateLimitAmount: 2, rateLimitUnit: 'second' })
  await sandbox.control.clearRequests()
  await runAll(2, 2)
  const times = await arrivals()
  expect(mostWithin(times, 1_000 - jitterMs)).toBeLessThanOrEqual(2)
})
