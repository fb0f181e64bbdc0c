import { afterAll, beforeEach, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { browseAuthorisation } from '../../sandbox/browse-authorisation'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  typedSettings,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import type { RequestWorker } from '../../support/start-request-worker'
import { twoRequestWorkers } from '../../support/two-request-workers'
import {
  cutOffOwner,
  leaseSecondsLeft,
  untilAnotherWaits,
  untilExtended,
  untilItWouldHaveExpired,
} from '../../support/token-lease'
import { beginAs, completeAs } from '@/tests/support/authorise'

/**
 * One refresh for any number of users in any number of processes. Tested with real processes that are really killed,
 * and a real server (DATA §7).
 */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let job: { actor: PersonActor; instanceId: string; endpointId: string; timeoutSeconds: number }
const workers = twoRequestWorkers()

beforeEach(async () => {
  await sandbox.control.reset()
  const actor = await anActor('manager')
  const acme = await acmeConnector(actor.workspaceId, sandbox.url)
  const method = await acmeMethod(acme, 'oauth2_authorization_code')
  const instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
  const settings = typedSettings(method, instance.name, acmeOAuthValues)
  const redirectUri = 'http://localhost:3000/oauth/authenticate'
  const started = await beginAs(actor, {
    instanceId: instance.id,
    settings,
    baseRevision: 1,
    browserSecret: 'browser',
    redirectUri,
  })
  if (!started.ok) throw new Error(started.error.message)
  const callback = await browseAuthorisation(started.value.redirectTo)
  expect(await completeAs(actor, callback, 'browser')).toMatchObject({ ok: true })
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  // Much shorter than a slow token endpoint takes: waiting for a refresh does not count towards the timeout.
  job = { actor, instanceId: instance.id, endpointId: endpoint.id, timeoutSeconds: 5 }
  await expireToken()
}, 60_000)

async function expireToken() {
  await sandbox.control.expireAccessTokens()
  await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 minute'`)
}

const lease = () => ({ sql, instanceId: job.instanceId })
const instanceRow = () => systemDb().instance.findFirstOrThrow({ where: { id: job.instanceId } })
const refreshCalls = async () =>
  (await sandbox.control.getTokenCalls()).calls.filter(({ grantType }) => grantType === 'refresh_token')

test(
  'fifty requests in two processes with an expired token and a token endpoint that takes 15 seconds cause one call, and all succeed',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.setTokenDelay({ beforeMs: 15_000 })
    const [here, there] = await Promise.all(workers.map((worker) => worker.run({ ...job, count: 25 })))
    expect([...here!, ...there!].map(({ status, message }) => status ?? message)).toEqual(Array(50).fill(200))
    expect((await refreshCalls()).map(({ outcome }) => outcome)).toEqual(['succeeded'])
  },
)

test(
  'a lease owner that is killed before the third party rotates is replaced within ten seconds by one further call, and all requests succeed',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.holdTokenCalls({ at: 'before_commit' })
    const [holder, other] = workers as [RequestWorker, RequestWorker]
    holder.run({ ...job, count: 25 }).catch(() => {})
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    const waiting = other.run({ ...job, count: 25 })
    await untilAnotherWaits(lease())
    await untilExtended(lease())
    await holder.kill()
    // The lease is longer, so that a living owner is not replaced on a busy machine. A dead one is noticed earlier.
    expect(await leaseSecondsLeft(lease())).toBeLessThanOrEqual(6)
    await sandbox.control.waitForHeldTokenCalls({ count: 0 })
    await sandbox.control.waitForHeldTokenCalls({ count: 1, timeoutMs: 10_000 })
    await sandbox.control.releaseTokenCalls()
    expect((await waiting).map(({ status, message }) => status ?? message)).toEqual(Array(25).fill(200))
    expect((await refreshCalls()).map(({ outcome }) => outcome)).toEqual(['abandoned', 'succeeded'])
  },
)

test(
  'if a lease owner is killed after the third party rotated, the instance needs authorising again and says why',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.holdTokenCalls({ at: 'after_commit' })
    const [holder, other] = workers as [RequestWorker, RequestWorker]
    holder.run({ ...job, count: 5 }).catch(() => {})
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    const waiting = other.run({ ...job, count: 25 })
    await untilAnotherWaits(lease())
    await holder.kill()
    await sandbox.control.releaseTokenCalls()
    const results = await waiting
    expect(new Set(results.map(({ error }) => error))).toEqual(new Set(['needs_authorising_again']))
    const row = await instanceRow()
    expect(row).toMatchObject({
      status: 'needs_authorising_again',
      statusReason: expect.stringContaining('invalid_grant'),
    })
    expect(row.statusReason).toContain('interrupted before its response could be stored')
    expect(results[0]!.message).toBe(row.statusReason)
    expect((await refreshCalls()).map(({ outcome }) => outcome)).toEqual(['succeeded', 'refused'])
  },
)

test(
  'a lease owner that loses its database connection connects again and is not replaced',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.holdTokenCalls({ at: 'before_commit' })
    const [holder, other] = workers as [RequestWorker, RequestWorker]
    const first = holder.run({ ...job, count: 1 })
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    const waiting = other.run({ ...job, count: 10 })
    await untilAnotherWaits(lease())
    await cutOffOwner(lease())
    await untilItWouldHaveExpired(lease())
    await sandbox.control.releaseTokenCalls()
    expect((await waiting).map(({ status, message }) => status ?? message)).toEqual(Array(10).fill(200))
    expect((await first)[0]).toMatchObject({ status: 200 })
    expect(await refreshCalls()).toHaveLength(1)
  },
)

test(
  'a living lease owner is never replaced, and later requests wait with the others',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.holdTokenCalls({ at: 'before_commit' })
    const [holder, other] = workers as [RequestWorker, RequestWorker]
    const first = holder.run({ ...job, count: 1 })
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    await untilItWouldHaveExpired(lease())
    const waiting = other.run({ ...job, count: 10 })
    await untilAnotherWaits(lease())
    await sandbox.control.releaseTokenCalls()
    const late = await waiting
    expect(late.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect((await first)[0]).toMatchObject({ status: 200 })
    expect(await refreshCalls()).toHaveLength(1)
  },
)
