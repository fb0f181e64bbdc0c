import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { seal } from '@/lib/platform/crypto/seal'
import { systemDb } from '@/lib/platform/db/client'
import { endSession } from '@/lib/platform/session/end-sessions'
import type { Prisma } from '@/lib/platform/db/generated/client'
import type { Actor, ApiKeyActor, PersonActor } from '@/lib/domain/access/actor'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { aKeyActor } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import type { CallingResult } from '@/tests/support/calling-worker'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer, type TestServer } from '@/tests/support/servers'
import { startCallingWorker, type CallingWorker } from '@/tests/support/start-calling-worker'

/**
 * A change in one process takes effect immediately for fifty callers in another (rules R3 and R9, DATA §13): no request
 * is sent whose check began after the change was committed. Each request needs its own check, so the third party never
 * receives more requests of the old kind than there were checks at that moment.
 */

const { sql } = await testDatabase()

let actor: PersonActor
/** As whom the callers act. */
let caller: Actor
let acme: Acme
let method: AcmeMethod
let server: TestServer
let worker: CallingWorker
let target: { instanceId: string; endpointId: string }

beforeAll(async () => {
  worker = await startCallingWorker()
})
afterAll(() => worker.signal('SIGKILL'))

/** @param acting as whom the callers act; default: the person of the workspace */
async function callersAtWork(
  process = worker,
  acting: (person: PersonActor) => Actor | Promise<Actor> = (person) => person,
): Promise<void> {
  actor = await anActor('user')
  server = await anHttpServer((_request, response) => response.end('{"orders":[]}'))
  acme = await acmeConnector(actor.workspaceId, server.url)
  method = await acmeMethod(acme, 'basic')
  const instance = await acmeInstance(acme, method, acmeBasicValues)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  target = { instanceId: instance.id, endpointId: endpoint.id }
  caller = await acting(actor)
  process.start({ actor: caller, ...target, callers, pauseMs: 0 })
  await expect.poll(() => server.seen.length, { timeout: 30_000 }).toBeGreaterThan(100)
}

const callers = 50

/** Lets each caller continue for about ten calls after the change, so that a missed change would be noticed. */
async function afterChange(change: () => Promise<unknown>): Promise<CallingResult & { checksBefore: number }> {
  await change()
  const committed = Date.now()
  const callsSoFar = async () => {
    const { answered, refused } = await worker.report()
    return Object.values(refused).reduce((sum, count) => sum + count, answered)
  }
  const callsBefore = await callsSoFar()
  await expect.poll(callsSoFar, { timeout: 30_000 }).toBeGreaterThan(callsBefore + 10 * callers)
  const result = await worker.stop()
  const before = result.checks.filter(({ at }) => at <= committed)
  return { ...result, checksBefore: before.reduce((sum, { count }) => sum + count, 0) }
}

describe('the callers of another process are refused from the commit on', () => {
  const refusals: [string, () => Promise<unknown>, string][] = [
    [
      'when the toggle is switched off',
      () => systemDb().enablement.deleteMany({ where: { endpointId: target.endpointId } }),
      'endpoint_not_available',
    ],
    [
      'when the origin is withdrawn',
      () =>
        systemDb().connectorOrigin.updateMany({
          where: { connectorId: acme.connectorId },
          data: { confirmedAt: null },
        }),
      'origin_not_confirmed',
    ],
    [
      'when the person is removed',
      () => systemDb().membership.deleteMany({ where: { userId: actor.userId } }),
      'not_allowed',
    ],
    ['when the session of the person is ended', () => endSession(systemDb(), actor), 'not_allowed'],
    [
      'when the person may only read from now on',
      () => systemDb().membership.updateMany({ where: { userId: actor.userId }, data: { role: 'read_only' } }),
      'not_allowed',
    ],
    [
      'when the instance is disabled',
      () => systemDb().instance.updateMany({ where: { id: target.instanceId }, data: { disabledAt: new Date() } }),
      'disabled',
    ],
    [
      'when the connector is disabled',
      () => systemDb().connector.updateMany({ where: { id: acme.connectorId }, data: { disabledAt: new Date() } }),
      'disabled',
    ],
    [
      'when the instance is deleted',
      () => systemDb().instance.deleteMany({ where: { id: target.instanceId } }),
      'not_found',
    ],
  ]

  test.each(refusals)('%s', { timeout: 90_000 }, async (_when, change, code) => {
    await callersAtWork()
    const { refused, checksBefore } = await afterChange(change)
    expect(server.seen.length).toBeLessThanOrEqual(checksBefore)
    expect(Object.keys(refused)).toEqual([code])
    expect(refused[code]).toBeGreaterThan(9 * callers)
  })
})

describe('the callers of another process with an API key are refused from the commit on', () => {
  const keyId = () => (caller as ApiKeyActor).keyId
  const changeKey = (data: Prisma.ApiKeyUncheckedUpdateInput) => () =>
    systemDb().apiKey.update({ where: { id: keyId() }, data })
  const refusals: [string, () => Promise<unknown>, string][] = [
    ['when the key is revoked', changeKey({ revokedAt: new Date() }), 'not_allowed'],
    ['when the role of the key is lowered', changeKey({ role: 'read_only' }), 'not_allowed'],
    [
      'when the owner of the key is removed',
      () => systemDb().membership.deleteMany({ where: { userId: actor.userId } }),
      'not_allowed',
    ],
    [
      'when the instance is no longer among the limits of the key',
      () => systemDb().apiKeyLimit.deleteMany({ where: { keyId: keyId() } }),
      'not_found',
    ],
  ]

  test.each(refusals)('%s', { timeout: 90_000 }, async (_when, change, code) => {
    await callersAtWork(worker, (owner) => aKeyActor(owner, { limits: { instanceIds: [target.instanceId] } }))
    const { refused, checksBefore } = await afterChange(change)
    expect(server.seen.length).toBeLessThanOrEqual(checksBefore)
    expect(Object.keys(refused)).toEqual([code])
    expect(refused[code]).toBeGreaterThan(9 * callers)
  })
})

test('saved credentials are used by every request whose check begins later', { timeout: 90_000 }, async () => {
  await callersAtWork()
  const old = server.seen[0]!.headers.authorization
  const { checksBefore, refused, answered } = await afterChange(savePassword)
  const sentOld = server.seen.filter(({ headers }) => headers.authorization === old).length
  expect(sentOld).toBeLessThanOrEqual(checksBefore)
  expect(server.seen.length).toBeGreaterThan(sentOld)
  expect(refused).toEqual({})
  expect(answered).toBe(server.seen.length)
})

async function savePassword(): Promise<void> {
  const [row] = await systemDb().instanceValue.findMany({
    where: { instanceId: target.instanceId, variableId: method.variables.password! },
    select: { id: true, workspaceId: true },
  })
  const address = { workspaceId: row!.workspaceId, table: 'InstanceValue', rowId: row!.id, field: 'sealedValue' }
  await systemDb().instanceValue.updateMany({
    where: { id: row!.id },
    data: { sealedValue: seal('new-password', address) },
  })
}

describe('the lines of the request log', () => {
  const lines = async () => {
    const [row] = await sql<{ count: number }>(
      `SELECT count(*)::int AS "count" FROM "RequestLog" WHERE "workspaceId" = $1`,
      [actor.workspaceId],
    )
    return row!.count
  }

  let logging: CallingWorker

  beforeEach(async () => {
    logging = await startCallingWorker()
    onTestFinished(() => logging.signal('SIGKILL'))
  })

  test('are all there when the process was asked to stop', { timeout: 60_000 }, async () => {
    await callersAtWork(logging)
    await logging.signal('SIGTERM')
    expect(await lines()).toBe(server.seen.length)
  })

  /** What DATA §13 allows. */
  const mostLostMs = 200

  test('are all there except for the last 200 ms when the process was killed', { timeout: 60_000 }, async () => {
    await callersAtWork(logging)
    await logging.stop()
    await expect.poll(lines, { timeout: 10_000 }).toBe(server.seen.length)
    const linesBefore = server.seen.length
    logging.start({ actor, ...target, callers: 3, pauseMs: 10, reportsResponses: true })
    await expect.poll(() => logging.answeredAt.length, { timeout: 30_000, interval: 10 }).toBeGreaterThan(100)
    const killedAt = Date.now()
    await logging.signal('SIGKILL')
    const old = logging.answeredAt.filter((at) => at < killedAt - mostLostMs).length
    expect(old).toBeGreaterThan(10)
    expect((await lines()) - linesBefore).toBeGreaterThanOrEqual(old)
  })
})
