import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { beginAuthorisation } from '@/lib/authorisations/begin-authorisation'
import { completeAuthorisation } from '@/lib/authorisations/complete-authorisation'
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
import { startRequestWorker, type RequestWorker } from '../../support/start-request-worker'

/**
 * One refresh for any number of users in any number of processes: with real processes, a real server and real deaths
 * (DATA §7).
 */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let job: { actor: PersonActor; instanceId: string; endpointId: string; timeoutSeconds: number }
let workers: RequestWorker[] = []

beforeEach(async () => {
  await sandbox.control.reset()
  const actor = await anActor('manager')
  const acme = await acmeConnector(actor.workspaceId, sandbox.url)
  const method = await acmeMethod(acme, 'oauth2_authorization_code')
  const instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
  const settings = typedSettings(method, instance.name, acmeOAuthValues)
  const redirectUri = 'http://localhost:3000/oauth/authenticate'
  const begun = await beginAuthorisation(actor, {
    instanceId: instance.id,
    settings,
    baseRevision: 1,
    browserSecret: 'browser',
    redirectUri,
  })
  if (!begun.ok) throw new Error(begun.error.message)
  const callback = new URL(await browseAuthorisation(begun.value.redirectTo))
  expect(await completeAuthorisation(actor, callback.searchParams, () => 'browser')).toMatchObject({ ok: true })
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  // Far less than a slow token endpoint takes: waiting for a refresh is not the request's time.
  job = { actor, instanceId: instance.id, endpointId: endpoint.id, timeoutSeconds: 5 }
  await expireToken()
  workers = await Promise.all([startRequestWorker(), startRequestWorker()])
}, 60_000)

afterEach(() => Promise.all(workers.map((worker) => worker.kill())))

async function expireToken() {
  await sandbox.control.expireAccessTokens()
  await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 minute'`)
}

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
  'a holder killed before the third party rotates is replaced within ten seconds by one further call, and all requests succeed',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.holdTokenCalls({ at: 'before_commit' })
    const [holder, other] = workers as [RequestWorker, RequestWorker]
    holder.run({ ...job, count: 25 }).catch(() => {})
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    const waiting = other.run({ ...job, count: 25 })
    await sleep(3_000)
    await holder.kill()
    const died = Date.now()
    await sandbox.control.waitForHeldTokenCalls({ count: 0 })
    await sandbox.control.waitForHeldTokenCalls({ count: 1, timeoutMs: 10_000 })
    expect(Date.now() - died).toBeLessThan(10_000)
    await sandbox.control.releaseTokenCalls()
    expect((await waiting).map(({ status, message }) => status ?? message)).toEqual(Array(25).fill(200))
    expect((await refreshCalls()).map(({ outcome }) => outcome)).toEqual(['abandoned', 'succeeded'])
  },
)

test(
  'a holder killed after the third party rotated leaves an instance that needs authorising again, and says why',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.holdTokenCalls({ at: 'after_commit' })
    const [holder, other] = workers as [RequestWorker, RequestWorker]
    holder.run({ ...job, count: 5 }).catch(() => {})
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    const waiting = other.run({ ...job, count: 25 })
    await sleep(1_000)
    await holder.kill()
    await sandbox.control.releaseTokenCalls()
    const results = await waiting
    expect(new Set(results.map(({ error }) => error))).toEqual(new Set(['needs_authorising_again']))
    const row = await instanceRow()
    expect(row).toMatchObject({
      status: 'needs_authorising_again',
      statusReason: expect.stringContaining('invalid_grant'),
    })
    expect(row.statusReason).toContain('cut off before its answer could be stored')
    expect(results[0]!.message).toBe(row.statusReason)
    expect((await refreshCalls()).map(({ outcome }) => outcome)).toEqual(['succeeded', 'refused'])
  },
)

test(
  'a holder that lives is never replaced, and requests that come later wait with the others',
  { timeout: 60_000 },
  async () => {
    await sandbox.control.setTokenDelay({ beforeMs: 12_000 })
    const [holder, other] = workers as [RequestWorker, RequestWorker]
    const first = holder.run({ ...job, count: 1 })
    await sleep(10_000)
    const late = await other.run({ ...job, count: 10 })
    expect(late.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect((await first)[0]).toMatchObject({ status: 200 })
    expect(await refreshCalls()).toHaveLength(1)
  },
)
