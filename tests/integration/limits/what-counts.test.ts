import { afterAll, beforeEach, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { checkInstance } from '@/lib/verification/check-instance'
import { browseAuthorisation } from '../../sandbox/browse-authorisation'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  typedSettings,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { beginAs, completeAs } from '@/tests/support/authorise'

/** The limits apply to endpoint requests and test requests, but not to requests that get or refresh a token. */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const oncePerHour = { rateLimitAmount: 1, rateLimitUnit: 'hour' } as const

let actor: PersonActor
let acme: Acme

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, sandbox.url)
})

async function anInstance(limits: Prisma.InstanceUpdateManyMutationInput) {
  const method = await acmeMethod(acme, 'basic')
  const { id } = await acmeInstance(acme, method, acmeBasicValues)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  await limit(id, limits)
  return { instanceId: id, endpointId: endpoint.id }
}

const limit = (id: string, data: Prisma.InstanceUpdateManyMutationInput) =>
  systemDb().instance.updateMany({ where: { id }, data })
/** Waits until a request has asked for its turn and has to wait. */
const untilOneWaits = () =>
  expect
    .poll(async () => (await sql('SELECT FROM "RequestTurn" WHERE NOT "admitted"')).length, { interval: 10 })
    .toBe(1)
const call = (ids: { instanceId: string; endpointId: string }) =>
  sendEndpointRequest(actor, { ...ids, values: {}, filters: {} })
const requests = async (path: string) => (await sandbox.control.getRequests({ path })).length

async function authorisedInstance(method: AcmeMethod) {
  const { id, name } = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
  const redirectUri = 'http://localhost:3000/oauth/authenticate'
  const settings = typedSettings(method, name, acmeOAuthValues)
  const begun = await beginAs(actor, {
    instanceId: id,
    settings,
    baseRevision: 1,
    browserSecret: 'browser',
    redirectUri,
  })
  if (!begun.ok) throw new Error(begun.error.message)
  await completeAs(actor, await browseAuthorisation(begun.value.redirectTo), 'browser')
  return id
}

test('a test request counts towards the limits, and is inconclusive if it has to wait too long', async () => {
  const ids = await anInstance(oncePerHour)
  expect(await checkInstance(actor, { instanceId: ids.instanceId })).toMatchObject({
    ok: true,
    value: { outcome: 'accepted' },
  })
  expect(await call(ids)).toMatchObject({ ok: false, error: { code: 'too_many_requests_waiting' } })
  const report = await checkInstance(actor, { instanceId: ids.instanceId })
  expect(report).toMatchObject({
    ok: true,
    value: { outcome: 'could_not_tell', step: 'test_request', message: expect.stringContaining('1 request per hour') },
  })
  expect(await requests('/orders')).toBe(0)
  expect(await requests('/whoami')).toBe(1)
})

test('a refresh neither waits for the limits nor counts towards them', async () => {
  const method = await acmeMethod(acme, 'oauth2_authorization_code')
  const instanceId = await authorisedInstance(method)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  await limit(instanceId, { ...oncePerHour, maxConcurrent: 1 })
  await sandbox.control.expireAccessTokens()
  await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 minute' WHERE "instanceId" = $1`, [
    instanceId,
  ])
  expect(await call({ instanceId, endpointId: endpoint.id })).toMatchObject({
    ok: true,
    value: { response: { status: 200 }, attempts: 1 },
  })
  const refreshes = (await sandbox.control.getTokenCalls()).calls.filter(
    ({ grantType }) => grantType === 'refresh_token',
  )
  expect(refreshes).toHaveLength(1)
})

test('a request sent again because its token had expired takes another turn', async () => {
  const method = await acmeMethod(acme, 'oauth2_authorization_code')
  const instanceId = await authorisedInstance(method)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  await limit(instanceId, { rateLimitAmount: 1, rateLimitUnit: 'second', maxConcurrent: 1 })
  await sandbox.control.expireAccessTokens()
  const report = await call({ instanceId, endpointId: endpoint.id })
  expect(report).toMatchObject({ ok: true, value: { response: { status: 200 }, attempts: 2 } })
  const [first, second] = (await sandbox.control.getRequests({ path: '/orders' })).map(({ at }) => Date.parse(at))
  expect(second! - first!).toBeGreaterThan(950)
})

test('waiting is shown in the report and does not count towards the timeout', async () => {
  const ids = await anInstance({ maxConcurrent: 1 })
  await sandbox.control.delayApi({ ms: 700 })
  const answers = await Promise.all(
    [1, 2, 3].map(() => sendEndpointRequest(actor, { ...ids, values: {}, filters: {}, timeoutSeconds: 1 })),
  )
  const waited = answers.map((answer) => (answer.ok ? answer.value.waitedMs : -1)).sort((a, b) => a - b)
  expect(waited[0]).toBeLessThan(500)
  expect(waited[2]).toBeGreaterThan(1_200)
})

test('an endpoint that is switched off while a request waits is not called', async () => {
  const ids = await anInstance({ maxConcurrent: 1 })
  await sandbox.control.delayApi({ ms: 3_000, times: 1 })
  const first = call(ids)
  await expect.poll(() => requests('/orders'), { timeout: 5_000 }).toBe(1)
  const second = call(ids)
  await untilOneWaits()
  await systemDb().enablement.deleteMany({ where: { endpointId: ids.endpointId } })
  expect(await second).toMatchObject({ ok: false, error: { code: 'endpoint_not_available' } })
  expect(await first).toMatchObject({ ok: true })
  expect(await requests('/orders')).toBe(1)
})

test('credentials that are changed while a request waits are the ones it is sent with', async () => {
  const ids = await anInstance({ maxConcurrent: 1 })
  await systemDb().instanceValue.updateMany({
    where: { instanceId: ids.instanceId, value: { not: null } },
    data: { value: 'somebody-else' },
  })
  await sandbox.control.delayApi({ ms: 3_000, times: 1 })
  const first = call(ids)
  await expect.poll(() => requests('/orders'), { timeout: 5_000 }).toBe(1)
  const second = call(ids)
  await untilOneWaits()
  await systemDb().instanceValue.updateMany({
    where: { instanceId: ids.instanceId, value: { not: null } },
    data: { value: acmeBasicValues.username },
  })
  expect(await first).toMatchObject({ ok: true, value: { response: { status: 401 } } })
  expect(await second).toMatchObject({ ok: true, value: { response: { status: 200 } } })
})
