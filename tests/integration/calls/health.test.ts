import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { warnOfExpiringCertificates } from '@/lib/certificates/warn-of-expiring-certificates'
import type { Actor, PersonActor } from '@/lib/domain/access/actor'
import { seal } from '@/lib/platform/crypto/seal'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { applyInstanceSettings } from '@/lib/credentials/apply-instance-settings'
import { runShape } from '@/lib/flows/run-shape'
import { checkInstance } from '@/lib/verification/check-instance'
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
} from '@/tests/support/acme-builders'
import { aKeyActor } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { aCertificate } from '@/tests/support/certificates'
import { testDatabase } from '@/tests/support/database'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { anHttpServer, type TestServer } from '@/tests/support/servers'
import { startRequestWorker, type RequestWorker } from '@/tests/support/start-request-worker'
import { aToken } from '@/tests/support/token-builders'

/** Health reflects real traffic (PRODUCT §11, DATA §7 and §11). */

const { sql } = await testDatabase()

type Reply = { status: number; body?: string; location?: string }

let actor: PersonActor
let acme: Acme
let connectorName: string
let method: AcmeMethod
let instanceId: string
let endpointId: string
let endpointName: string
let server: TestServer
/** The API's response; a test may delay it. */
let reply: (authorization: string | undefined, url: string) => Reply | Promise<Reply>

beforeEach(async () => {
  reply = () => ({ status: 200 })
  server = await anHttpServer(async (request, response, { headers, url }) => {
    const { status, body = '{}', location } = await reply(headers.authorization, url)
    if (status === 0) return request.socket.destroy()
    response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) }).end(body)
  })
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, server.url)
  const connector = await systemDb().connector.findFirstOrThrow({ where: { id: acme.connectorId } })
  connectorName = connector.name
  await use(await acmeMethod(acme, 'basic'), acmeBasicValues)
})

async function use(next: AcmeMethod, values: Record<string, string>): Promise<void> {
  method = next
  instanceId = (await acmeInstance(acme, method, values)).id
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  ;[endpointId, endpointName] = [endpoint.id, endpoint.name]
}

const replies = (status: number, body?: string) => {
  reply = () => ({ status, body })
}
const call = (as: Actor = actor, endpoint = endpointId) =>
  sendEndpointRequest(as, { instanceId, endpointId: endpoint, values: {}, filters: {} })
const row = () => systemDb().instance.findFirstOrThrow({ where: { id: instanceId } })
const statusNow = async () => (await row()).status

/** Responses wait from the first request until `let go`. */
function firstRequestWaits(late: Reply, others: Reply) {
  const arrived = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  let first = true
  reply = async () => {
    if (!first) return others
    first = false
    arrived.resolve()
    await released.promise
    return late
  }
  return { arrived: arrived.promise, letGo: released.resolve }
}

/** Saves new credentials as the form does after verifying them. */
async function saveNewPassword(status: 'connected' | 'failing' = 'connected'): Promise<void> {
  const { name, revision } = await row()
  const settings = typedSettings(method, name, { password: 'another-password' })
  await workspaceDb(actor.workspaceId).$transaction(async (tx) => {
    expect(await applyInstanceSettings(tx, actor, { instanceId, baseRevision: revision }, settings)).toMatchObject({
      ok: true,
    })
    await tx.instance.updateMany({ where: { id: instanceId }, data: { status } })
  })
}

describe('rejected credentials', () => {
  test('set the instance to failing immediately, with one sentence that names the connector and without a new revision', async () => {
    replies(401)
    const before = await row()
    await call()
    expect(await row()).toMatchObject({
      status: 'failing',
      statusReason: `${connectorName} rejected the credentials (401 Unauthorized) when “${endpointName}” was called.`,
      statusCause: 'endpoint',
      revision: before.revision,
      updatedAt: before.updatedAt,
    })
    expect((await row()).statusSince.getTime()).toBeGreaterThan(before.statusSince.getTime())
  })

  test('do so whether a person, a key or a run made the call', async () => {
    const { workspaceId, label } = actor
    const others: Actor[] = [
      await aKeyActor(actor),
      { kind: 'run', workspaceId, runId: newId(), instanceIds: [instanceId], label },
    ]
    for (const other of others) {
      replies(401)
      await call(other)
      expect(await statusNow()).toBe('failing')
      replies(200)
      await call(other)
      expect(await statusNow()).toBe('connected')
    }
  })

  test('do so when a shape is run, and its result says that the credentials were rejected', async () => {
    replies(401)
    const { workspaceId } = actor
    const flow = await systemDb().flow.create({ data: { workspaceId, key: newId(), name: 'F', foldedName: newId() } })
    const version = await systemDb().flowVersion.create({ data: { workspaceId, flowId: flow.id } })
    const shape = await systemDb().shape.create({
      data: {
        workspaceId,
        flowVersionId: version.id,
        name: 'S',
        connectorId: acme.connectorId,
        instanceId,
        endpointId,
      },
    })
    expect(await runShape(actor, { flowId: flow.id, shapeId: shape.id })).toMatchObject({
      ok: true,
      value: { concern: { kind: 'credentials_rejected', message: expect.stringContaining(connectorName) } },
    })
    expect(await statusNow()).toBe('failing')
  })

  test('are cleared by the next successful call', async () => {
    replies(401)
    await call()
    replies(404)
    await call()
    expect(await statusNow()).toBe('failing')
    replies(200)
    await call()
    expect(await row()).toMatchObject({ status: 'connected', statusReason: '', statusCause: null })
  })

  test('are found and cleared by Check now', async () => {
    replies(401)
    await checkInstance(actor, { instanceId })
    expect(await row()).toMatchObject({
      status: 'failing',
      statusReason: `${connectorName} rejected the credentials (401 Unauthorized).`,
    })
    replies(200)
    await checkInstance(actor, { instanceId })
    expect(await row()).toMatchObject({ status: 'connected', statusReason: '' })
  })

  test('that were not verified yet count as verified after a successful call', async () => {
    await systemDb().instance.update({ where: { id: instanceId }, data: { status: 'not_verified' } })
    await call()
    expect(await statusNow()).toBe('connected')
  })

  test('do not change an instance that awaits its first authorisation', async () => {
    await systemDb().instance.update({ where: { id: instanceId }, data: { status: 'awaiting_authorisation' } })
    replies(401)
    await call()
    replies(200)
    await call()
    expect(await statusNow()).toBe('awaiting_authorisation')
  })
})

// Shows C42.
describe('the method’s own rule for rejected', () => {
  const rule = async (options: object) =>
    use(await acmeMethod(acme, 'basic', { options: { ...options } }), acmeBasicValues)

  test('may say that 403 means rejected', async () => {
    await rule({ rejectedStatuses: [401, 403] })
    replies(403)
    expect(await call()).toMatchObject({ ok: true, value: { concern: { kind: 'credentials_rejected' } } })
    expect(await row()).toMatchObject({
      status: 'failing',
      statusReason: expect.stringContaining('403 Forbidden'),
    })
  })

  test('may check the body, which the caller still receives', async () => {
    await rule({ rejectedBody: { path: '$.error', value: 'bad_key' } })
    replies(200, '{"error":"bad_key"}')
    expect(await call()).toMatchObject({ ok: true, value: { response: { body: expect.stringContaining('bad_key') } } })
    expect(await statusNow()).toBe('failing')
    replies(200, '{"error":"other"}')
    await call()
    expect(await statusNow()).toBe('connected')
  })

  test('may say that 401 means something else', async () => {
    await rule({ rejectedStatuses: [] })
    replies(401)
    await call()
    expect(await statusNow()).toBe('connected')
  })
})

describe('what says nothing about the credentials', () => {
  test('a 403 concerns one endpoint: the result names the scope or permission, the instance stays connected', async () => {
    replies(403)
    expect(await call()).toMatchObject({
      ok: true,
      value: { concern: { kind: 'missing_permission', message: expect.stringContaining('scope or permission') } },
    })
    expect(await row()).toMatchObject({ status: 'connected', statusReason: '' })
  })

  test.each([429, 500, 503, 404, 422, 0])('%d changes no status', async (status) => {
    replies(status)
    await call()
    expect(await row()).toMatchObject({ status: 'connected', statusReason: '' })
  })

  test.each([429, 500, 403, 0])('%d does not clear a failing instance either', async (status) => {
    replies(401)
    await call()
    replies(status)
    await call()
    expect(await statusNow()).toBe('failing')
  })

  test('a 401 of another origin that the request was redirected to', async () => {
    const elsewhere = await anHttpServer((_request, response) => response.writeHead(401).end())
    reply = () => ({ status: 302, location: `${elsewhere.url}/file` })
    expect(await call()).toMatchObject({ ok: true, value: { response: { status: 401 }, concern: null } })
    expect(await statusNow()).toBe('connected')
  })
})

describe('after the one refresh', () => {
  beforeEach(async () => {
    await use(
      await acmeMethod(acme, 'oauth2_authorization_code', { tokenUrl: `${server.url}/oauth/token` }),
      acmeOAuthValues,
    )
    await aToken({ workspaceId: actor.workspaceId, instanceId }, { expiresInSeconds: 3600 })
  })
  const newToken = JSON.stringify({ access_token: 'second-access-token', expires_in: 3600 })

  test('a 401 that the refresh fixes changes nothing', async () => {
    reply = (authorization, url) =>
      url === '/oauth/token'
        ? { status: 200, body: newToken }
        : { status: authorization === 'Bearer second-access-token' ? 200 : 401 }
    expect(await call()).toMatchObject({ ok: true, value: { attempts: 2, response: { status: 200 } } })
    expect(await row()).toMatchObject({ status: 'connected', statusReason: '' })
  })

  test('a 401 for the new token too sets the instance to failing', async () => {
    reply = (_authorization, url) => (url === '/oauth/token' ? { status: 200, body: newToken } : { status: 401 })
    await call()
    expect(await row()).toMatchObject({ status: 'failing', statusCause: 'endpoint' })
  })

  test('a refused refresh of a dead grant asks to authorise again and names the connector', async () => {
    reply = (_authorization, url) =>
      url === '/oauth/token' ? { status: 400, body: '{"error":"invalid_grant"}' } : { status: 401 }
    await call()
    expect(await row()).toMatchObject({
      status: 'needs_authorising_again',
      statusReason: expect.stringContaining(
        `${connectorName} refused the token request (400 Bad Request): “invalid_grant.”`,
      ),
    })
  })

  test('a rejection of earlier settings does not fail the current ones', async () => {
    const waiting = firstRequestWaits(
      { status: 401, body: '{"error":"invalid_client"}' },
      { status: 200, body: newToken },
    )
    await systemDb().instanceToken.updateMany({ where: { instanceId }, data: { expiresAt: new Date(0) } })
    const calling = call()
    await waiting.arrived
    const { revision } = await row()
    await systemDb().instance.update({ where: { id: instanceId }, data: { revision: revision + 1 } })
    waiting.letGo()
    expect(await calling).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect(await row()).toMatchObject({ status: 'connected', lastVerification: null })
  })

  test('a token that still works does not clear the result of a refused refresh', async () => {
    const { id } = await systemDb().instance.update({
      where: { id: instanceId },
      data: { status: 'failing', statusCause: 'getting_token' },
    })
    await call()
    expect(await systemDb().instance.findFirstOrThrow({ where: { id } })).toMatchObject({ status: 'failing' })
  })

  test('a new token does not clear the result of an endpoint request', async () => {
    await systemDb().instance.update({
      where: { id: instanceId },
      data: { status: 'failing', statusCause: 'endpoint' },
    })
    await systemDb().instanceToken.updateMany({ where: { instanceId }, data: { expiresAt: new Date(0) } })
    reply = (_authorization, url) => (url === '/oauth/token' ? { status: 200, body: newToken } : { status: 500 })
    await call()
    expect(await statusNow()).toBe('failing')
  })
})

describe('a late response', () => {
  test('of old credentials that were rejected does not fail new ones', async () => {
    const waiting = firstRequestWaits({ status: 401 }, { status: 200 })
    const calling = call()
    await waiting.arrived
    await saveNewPassword()
    waiting.letGo()
    await calling
    expect(await row()).toMatchObject({ status: 'connected', statusReason: '' })
  })

  test('of old credentials that were accepted does not clear new ones that were rejected', async () => {
    replies(401)
    await call()
    const waiting = firstRequestWaits({ status: 200 }, { status: 401 })
    const calling = call()
    await waiting.arrived
    await saveNewPassword('failing')
    waiting.letGo()
    await calling
    expect(await statusNow()).toBe('failing')
  })

  test('of Check now with old credentials neither fails new ones nor clears them', async () => {
    for (const [late, status] of [
      [401, 'connected'],
      [200, 'failing'],
    ] as const) {
      const waiting = firstRequestWaits({ status: late }, { status: 500 })
      const checking = checkInstance(actor, { instanceId })
      await waiting.arrived
      await saveNewPassword(status)
      waiting.letGo()
      expect(await checking).toMatchObject({ ok: false, error: { code: 'changed_by_someone_else' } })
      expect(await row()).toMatchObject({ status, lastVerifiedAt: null })
    }
  })

  test('under an earlier definition of the connector does not fail the current one', async () => {
    const waiting = firstRequestWaits({ status: 401 }, { status: 200 })
    const calling = call()
    await waiting.arrived
    await systemDb().authenticationMethod.update({ where: { id: method.id }, data: { timeoutSeconds: 9 } })
    waiting.letGo()
    await calling
    expect(await statusNow()).toBe('connected')
  })

  test('that was rejected does not undo a status that another request has just written', async () => {
    replies(401)
    await call()
    const { statusSince } = await row()
    replies(401)
    await Promise.all([call(), call(), call()])
    expect(await row()).toMatchObject({ status: 'failing', statusSince })
  })
})

describe('writes', () => {
  /** Counts the statements of all processes that write instance rows. */
  async function countWrites(work: () => Promise<unknown>): Promise<number> {
    await sql(`CREATE TABLE IF NOT EXISTS "written" ("id" uuid)`)
    await sql(`CREATE OR REPLACE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO "written" VALUES (NEW."id"); RETURN NEW; END $$`)
    await sql(
      `CREATE OR REPLACE TRIGGER "count_write" AFTER UPDATE ON "Instance" FOR EACH ROW EXECUTE FUNCTION count_write()`,
    )
    await sql(`DELETE FROM "written"`)
    await work()
    const [row] = await sql<{ count: number }>(`SELECT count(*)::int AS "count" FROM "written" WHERE "id" = $1`, [
      instanceId,
    ])
    await sql(`DROP TRIGGER "count_write" ON "Instance"`)
    return row!.count
  }
  const calls = (count: number) => Promise.all(Array.from({ length: count }, () => call()))

  test('successful calls only write their time, once an hour', async () => {
    expect(await countWrites(() => calls(20))).toBe(1)
    const { lastSuccessAt, status } = await row()
    expect({ recent: Date.now() - lastSuccessAt!.getTime() < 10_000, status }).toEqual({
      recent: true,
      status: 'connected',
    })
    expect(await countWrites(() => calls(20))).toBe(0)
    await sql(`UPDATE "Instance" SET "lastSuccessAt" = now() - interval '61 minutes' WHERE "id" = $1`, [instanceId])
    // Like a process that reads the instance for the first time.
    await sql(`UPDATE "Instance" SET "timeZone" = 'Europe/Berlin' WHERE "id" = $1`, [instanceId])
    expect(await countWrites(() => calls(20))).toBe(1)
  })

  test('twenty rejections at once write one status, and so do twenty successes after them', async () => {
    await call()
    replies(401)
    expect(await countWrites(() => calls(20))).toBe(1)
    replies(200)
    // The status and the time of the successful call.
    expect(await countWrites(() => calls(20))).toBe(2)
    expect((await row()).lastSuccessAt!.getTime()).toBeGreaterThanOrEqual((await row()).statusSince.getTime())
  })

  test('the time of the last success raises no stamp, so that no process reads its plan again', async () => {
    const generation = async () =>
      (await sql<{ generation: string }>(`SELECT "generation" FROM "Instance" WHERE "id" = $1`, [instanceId]))[0]
    const before = await generation()
    await call()
    expect((await row()).lastSuccessAt).not.toBeNull()
    expect(await generation()).toEqual(before)
  })
})

describe('with two processes', () => {
  let other: RequestWorker
  beforeAll(async () => {
    other = await startRequestWorker()
  })
  afterAll(() => other.kill())
  const elsewhere = (count = 1) => other.run({ actor, instanceId, endpointId, count })

  test('a success in one process clears a rejection in the other', { timeout: 60_000 }, async () => {
    await elsewhere()
    replies(401)
    await call()
    expect(await statusNow()).toBe('failing')
    replies(200)
    await elsewhere()
    expect(await statusNow()).toBe('connected')
    replies(401)
    await elsewhere(5)
    expect(await statusNow()).toBe('failing')
    replies(200)
    await call()
    expect(await statusNow()).toBe('connected')
  })

  test('a late rejection of the other does not fail credentials saved here', { timeout: 60_000 }, async () => {
    const waiting = firstRequestWaits({ status: 401 }, { status: 200 })
    const calling = elsewhere()
    await waiting.arrived
    await saveNewPassword()
    waiting.letGo()
    await calling
    expect(await statusNow()).toBe('connected')
  })
})

describe('a client certificate that has expired', () => {
  beforeEach(async () => {
    const validTo = new Date(Date.now() - 86_400_000)
    const { certificatePem, keyPem } = aCertificate({ name: 'acme', validFrom: new Date(0), validTo })
    const { workspaceId } = actor
    const id = newId()
    const sealedKey = seal(keyPem, { workspaceId, table: 'Certificate', rowId: id, field: 'sealedKey' })
    await systemDb().certificate.create({ data: { id, workspaceId, instanceId, certificatePem, sealedKey, validTo } })
  })
  const expired = () => ({
    status: 'failing',
    statusCause: 'certificate',
    statusReason: expect.stringMatching(new RegExp(`^The client certificate for ${connectorName} expired on `)),
  })

  test('sets the instance to failing without a call, until a call succeeds', async () => {
    await warnOfExpiringCertificates(new Date())
    expect(await row()).toMatchObject(expired())
    await call()
    expect(await statusNow()).toBe('connected')
    await warnOfExpiringCertificates(new Date())
    expect(await statusNow()).toBe('connected')
  })

  test.each([401, 0])('is the reason of a call that ends with %d', async (status) => {
    replies(status)
    await call()
    expect(await row()).toMatchObject(expired())
  })
})
