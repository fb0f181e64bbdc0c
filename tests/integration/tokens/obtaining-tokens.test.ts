import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { applyInstanceSettings } from '@/lib/credentials/apply-instance-settings'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { verifyDraft } from '@/lib/verification/verify'
import { checkInstance } from '@/lib/verification/check-instance'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  typedSettings,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { aParameter } from '../../support/definition-builders'
import { methodOf } from '../../support/method-builders'
import { openLoggedBodies } from '../../support/open-logged-bodies'
import { permitted } from '@/tests/support/permitted'

/** Tokens that need no person: obtained by the first request that needs one, once for all requests. */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const { id, secret } = known.serviceClients.basic
const values = { client_id: id, client_secret: secret, scope: 'orders.read' }

let actor: PersonActor
let acme: Acme
let method: AcmeMethod
let instanceId: string
let endpointId: string

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, sandbox.url)
  method = await methodOf(acme, 'oauth2_client_credentials', {
    phases: [{ kind: 'exchange', httpMethod: 'POST', url: `${sandbox.url}/oauth/token` }],
  })
  instanceId = (await acmeInstance(acme, method, values)).id
  endpointId = (await acmeEndpoint(acme, method, '/orders')).id
})

const call = (as = actor) => sendEndpointRequest(as, { instanceId, endpointId, values: {}, filters: {} })
const answered = { ok: true, value: { response: { status: 200 } } }
const tokenCalls = async () => (await sandbox.control.getTokenCalls()).calls
const tokenRow = () =>
  systemDb().instanceToken.findFirstOrThrow({
    where: { instanceId },
    omit: { sealedAccessToken: false, sealedRefreshToken: false },
  })
const instanceRow = () => systemDb().instance.findFirstOrThrow({ where: { id: instanceId } })

/** Saves the settings again, with typed values. */
async function save(typed: Record<string, string> = {}) {
  const { name, revision } = await instanceRow()
  const settings = typedSettings(method, name, typed)
  expect(
    await workspaceDb(actor.workspaceId).$transaction((tx) =>
      applyInstanceSettings(tx, actor, { instanceId, baseRevision: revision }, settings),
    ),
  ).toMatchObject({ ok: true })
}

/** The same code as in another server process, with its own memory. */
async function anotherProcess(): Promise<typeof call> {
  vi.resetModules()
  const other = await import('@/tests/support/send-endpoint-request')
  return (as = actor) => other.sendEndpointRequest(as, { instanceId, endpointId, values: {}, filters: {} })
}

describe('the first request', () => {
  test('obtains a token and stores it sealed, and later requests use it', async () => {
    expect(await call()).toMatchObject(answered)
    expect(await call()).toMatchObject(answered)
    expect((await tokenCalls()).map(({ grantType, outcome }) => [grantType, outcome])).toEqual([
      ['client_credentials', 'succeeded'],
    ])
    expect(await tokenRow()).toMatchObject({
      obtainedFor: '1.1',
      refreshCount: 0,
      leaseOwner: null,
      sealedRefreshToken: null,
    })
  })

  test('of forty at once in two processes is the only one that requests a token', async () => {
    await sandbox.control.setTokenDelay({ beforeMs: 1_000 })
    const elsewhere = await anotherProcess()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 ? call() : elsewhere())))
    expect(answers.filter((answer) => answer.ok && answer.value.response.status === 200)).toHaveLength(40)
    expect(await tokenCalls()).toHaveLength(1)
  })

  test.each([
    ['nothing', 'Basic {{ client_id | append: ":" | append: client_secret | base64_encode }}'],
    ['none', '{{ now | hmac_sha256: client_secret }}'],
  ] as const)(
    'is not sent if a secret is missing that is only an argument of a filter (rule R14, client authentication %s)',
    async (clientAuthentication, value) => {
      method = await methodOf(acme, 'oauth2_client_credentials', {
        options: { clientAuthentication },
        phases: [{ kind: 'exchange', httpMethod: 'POST', url: `${sandbox.url}/oauth/token` }],
        parameters: [aParameter('X-Proof', value, { place: 'header', phases: ['exchange'] })],
      })
      instanceId = (await acmeInstance(acme, method, { client_id: id, scope: 'orders.read' })).id
      endpointId = (await acmeEndpoint(acme, method, '/orders')).id
      expect(await call()).toMatchObject({ ok: false, error: { code: 'no_credentials' } })
      expect(await tokenCalls()).toEqual([])
    },
  )

  test('of another workspace is refused before anything is sent', async () => {
    expect(await call(await anActor('administrator'))).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await tokenCalls()).toEqual([])
    expect(await systemDb().instanceToken.count({ where: { instanceId } })).toBe(0)
  })
})

describe('an expired token', () => {
  test('is replaced before the request', async () => {
    await call()
    await sandbox.control.expireAccessTokens()
    await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 s'`)
    expect(await call()).toMatchObject({ ok: true, value: { attempts: 1, response: { status: 200 } } })
    expect(await tokenCalls()).toHaveLength(2)
    expect(await tokenRow()).toMatchObject({ refreshCount: 1 })
  })

  test('that expired early is replaced when it is refused, and the request is sent again', async () => {
    await call()
    await sandbox.control.expireAccessTokens()
    expect(await call()).toMatchObject({ ok: true, value: { attempts: 2, response: { status: 200 } } })
    expect(await tokenCalls()).toHaveLength(2)
  })

  test('that cannot be replaced at the moment does not count as a rejection of the credentials', async () => {
    await call()
    await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 s'`)
    await sandbox.control.answerToken({ answer: { kind: 'html', status: 503 }, times: 1 })
    expect(await call()).toMatchObject({ ok: false, error: { code: 'could_not_tell' } })
    expect((await instanceRow()).status).toBe('connected')
    expect(await call()).toMatchObject(answered)
  })
})

// Shows C45.
describe('settings that change', () => {
  test('need another token: one of the earlier settings is no longer used', async () => {
    await call()
    const { sealedAccessToken } = await tokenRow()
    await save({ scope: 'orders.read products.read' })
    expect(await call()).toMatchObject(answered)
    expect(await tokenCalls()).toHaveLength(2)
    expect(await tokenRow()).toMatchObject({
      obtainedFor: '1.2',
      sealedAccessToken: expect.not.stringContaining(sealedAccessToken),
    })
  })

  test('of the method need other tokens for all its instances', async () => {
    await call()
    await systemDb().authenticationMethod.updateMany({ where: { id: method.id }, data: { revision: { increment: 1 } } })
    expect(await call()).toMatchObject(answered)
    expect(await tokenRow()).toMatchObject({ obtainedFor: '2.1' })
  })

  test('while a token is obtained prevent its use, and it does not overwrite a newer one', async () => {
    await sandbox.control.holdTokenCalls({ at: 'before_commit' })
    const pending = call()
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    await save({ scope: 'products.read orders.read' })
    await sandbox.control.releaseTokenCalls()
    expect(await pending).toMatchObject(answered)
    const scopes = (await tokenCalls()).map(({ parameters }) => parameters.scope)
    expect(scopes).toEqual(['orders.read', 'products.read orders.read'])
    expect(await tokenRow()).toMatchObject({ obtainedFor: '1.2' })
    expect(await call()).toMatchObject(answered)
    expect(await tokenCalls()).toHaveLength(2)
  })
})

describe('credentials that the third party rejects', () => {
  beforeEach(() => save({ client_secret: 'planted-wrong-secret' }))

  test('set the instance to failing, with the reason and without the secret', async () => {
    const refused = await call()
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'token_refused', message: expect.stringContaining('invalid_client') },
    })
    expect(await instanceRow()).toMatchObject({
      status: 'failing',
      statusReason: expect.stringContaining('invalid_client'),
      lastVerification: { outcome: 'rejected', step: 'getting_token' },
    })
    const log = await systemDb().requestLog.findMany({ where: { workspaceId: actor.workspaceId } })
    expect(JSON.stringify([refused, await instanceRow(), log, await openLoggedBodies()])).not.toContain(
      'planted-wrong-secret',
    )
  })

  test('are not sent again with each of many requests', async () => {
    await call()
    await Promise.all(Array.from({ length: 10 }, () => call()))
    expect(await tokenCalls()).toHaveLength(1)
  })

  test('recover by themselves once they are correct', async () => {
    await call()
    await save({ client_secret: secret })
    expect(await call()).toMatchObject(answered)
    expect(await instanceRow()).toMatchObject({ status: 'connected', statusReason: '' })
  })

  test('are found by Check now, which sends a new token request', async () => {
    await call()
    await call()
    expect(await checkInstance(actor, { instanceId })).toMatchObject({
      ok: true,
      value: { outcome: 'rejected', step: 'getting_token' },
    })
    expect(await tokenCalls()).toHaveLength(2)
  })
})

describe('verifying', () => {
  const draft = (typed: Record<string, string>, of = method) => ({
    ...{ methodId: of.id, instanceId: null, certificate: { kind: 'keep' } as const },
    values: Object.entries(typed).map(([key, value]) => ({ variableId: of.variables[key]!, value })),
  })

  test('without a test request obtains a token with the typed values, and does not store it', async () => {
    await sql(`DELETE FROM "InstanceToken"`)
    expect(await verifyDraft(permitted(actor), draft(values))).toMatchObject({
      ok: true,
      value: { outcome: 'accepted', step: 'getting_token', status: 200 },
    })
    expect(await systemDb().instanceToken.count()).toBe(0)
  })

  test('distinguishes a rejection from an unclear result', async () => {
    expect(await verifyDraft(permitted(actor), draft({ ...values, client_secret: 'wrong' }))).toMatchObject({
      ok: true,
      value: { outcome: 'rejected', step: 'getting_token', status: 401 },
    })
    await sandbox.control.answerToken({ answer: { kind: 'html', status: 503 }, times: 1 })
    expect(await verifyDraft(permitted(actor), draft(values))).toMatchObject({
      ok: true,
      value: { outcome: 'could_not_tell', step: 'getting_token', status: 503 },
    })
    await sandbox.control.answerToken({ answer: { kind: 'huge' }, times: 1 })
    expect(await verifyDraft(permitted(actor), draft(values))).toMatchObject({
      ok: true,
      value: { outcome: 'could_not_tell', step: 'reaching_host', message: expect.stringMatching(/MB|MiB|large|long/) },
    })
  })

  test('calls every test request with that token; the first one that is rejected decides', async () => {
    const phases = [
      { kind: 'exchange', httpMethod: 'POST', url: `${sandbox.url}/oauth/token` } as const,
      { kind: 'verify', step: 0, httpMethod: 'GET', url: '/whoami' } as const,
      { kind: 'verify', step: 1, httpMethod: 'GET', url: '/products' } as const,
    ]
    const of = await methodOf(acme, 'oauth2_client_credentials', { phases })
    expect(
      await verifyDraft(permitted(actor), draft({ ...values, scope: 'orders.read products.read' }, of)),
    ).toMatchObject({
      ok: true,
      value: { outcome: 'accepted', step: 'test_request' },
    })
    const denied = await verifyDraft(permitted(actor), draft(values, of))
    expect(denied).toMatchObject({
      ok: true,
      value: { outcome: 'rejected', status: 403, message: expect.stringContaining('Test request 2') },
    })
  })

  test('an instance with Check now requests a new token even if the stored one has not expired', async () => {
    await call()
    expect(await checkInstance(actor, { instanceId })).toMatchObject({
      ok: true,
      value: { outcome: 'accepted', step: 'getting_token' },
    })
    expect(await tokenCalls()).toHaveLength(2)
  })
})
