import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getInstance } from '@/lib/instances/get-instance'
import { needsAuthorisation } from '@/lib/authorisations/needs-authorisation'
import { waitingFor } from '@/lib/authorisations/overtaken'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { beginAs, completeAs } from '@/tests/support/authorise'
import { contextOf } from '@/tests/support/permitted'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
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
import { decideAt } from '../../support/decide-at'
import { methodOf } from '../../support/method-builders'
import { openLoggedBodies } from '../../support/open-logged-bodies'
import { anHttpServer } from '../../support/servers'

/**
 * The three-legged authorisation of OAuth 1 (RFC 5849 §2) with a provider that verifies every signature with
 * independent code.
 */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const redirectUri = 'http://localhost:3000/oauth/authenticate'
const browserSecret = 'the-secret-of-the-browser-that-began'
const consumer = { consumer_key: known.oauth1.consumerKey, consumer_secret: known.oauth1.consumerSecret }

let actor: PersonActor
let acme: Acme
let method: AcmeMethod
let instance: { id: string; name: string }
let settings: InstanceSettings

type Given = {
  base?: string
  options?: object
  requestToken?: string
  accessToken?: string
  confirmed?: string[]
  parameters?: NonNullable<Parameters<typeof methodOf>[2]>['parameters']
}

async function setUp(given: Given = {}) {
  await sandbox.control.reset()
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, sandbox.url, { confirmed: [sandbox.url, ...(given.confirmed ?? [])] })
  method = await methodOf(acme, 'oauth1', {
    phases: [
      { kind: 'request_token', step: 0, httpMethod: 'POST', url: given.requestToken ?? '/oauth1/request_token' },
      { kind: 'authorise', step: 0, url: '/oauth1/authorize' },
      {
        kind: 'exchange',
        step: 0,
        httpMethod: 'POST',
        url: given.accessToken ?? '/oauth1/access_token',
        extract: [{ variable: 'realm', path: 'realm_id', secret: false }],
      },
    ],
    options: { keptFromCallback: [{ variable: 'account', parameter: 'account' }], ...given.options },
    parameters: given.parameters,
    variables: ['account'],
  })
  instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
  settings = typedSettings(method, instance.name, consumer)
}

beforeEach(() => setUp())

const row = () => systemDb().instance.findFirstOrThrow({ where: { id: instance.id } })

async function begin(given: { settings?: InstanceSettings } = {}) {
  const { revision } = await row()
  return beginAs(actor, {
    instanceId: instance.id,
    settings: given.settings ?? settings,
    baseRevision: revision,
    browserSecret,
    redirectUri,
  })
}

async function begun(given: Parameters<typeof begin>[0] = {}): Promise<string> {
  const result = await begin(given)
  if (!result.ok) throw new Error(result.error.message)
  return result.value.redirectTo
}

function complete(callbackUrl: string, given: { as?: PersonActor; secret?: string | undefined } = {}) {
  return completeAs(given.as ?? actor, callbackUrl, 'secret' in given ? given.secret : browserSecret)
}

const authorise = async (given: Parameters<typeof begin>[0] = {}) =>
  complete(await decideAt(await begun(given), 'allow'))

async function callOrders(path = '/oauth1/orders') {
  const endpoint = await acmeEndpoint(acme, method, path)
  return sendEndpointRequest(actor, { instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {} })
}

const tokenCalls = async (grantType: string) =>
  (await sandbox.control.getTokenCalls()).calls.filter((call) => call.grantType === grantType).length

describe('an OAuth 1 authorisation that is granted', () => {
  test('may use values that are filled in for each request in its token request', async () => {
    await setUp({
      parameters: [
        { place: 'header', key: 'X-Trace', value: '{{ now }} {{ nonce }} {{ uuid }}', phases: ['exchange'] },
      ],
    })
    expect(await authorise()).toEqual({ ok: true, value: { instanceId: instance.id } })
    const [exchange] = await sandbox.control.getRequests({ path: '/oauth1/access_token' })
    expect(exchange!.headers['x-trace']).toMatch(/^\d{4}\S+Z [0-9a-f]{32} [0-9a-f-]{36}$/)
  })

  test('provides the token that requests are signed with, and other values of the response', async () => {
    expect(await authorise()).toEqual({ ok: true, value: { instanceId: instance.id } })
    expect(await row()).toMatchObject({ status: 'connected', statusReason: '', revision: 2 })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    // The realm came with the token, and this URL requires it.
    expect(await callOrders('/oauth1/realm/orders')).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('provides that token even if its variables were removed (rule R13)', async () => {
    const { count } = await systemDb().variable.deleteMany({
      where: { methodId: method.id, key: { in: ['token', 'token_secret', 'signature_method'] } },
    })
    expect(count).toBe(3)
    expect(await authorise()).toEqual({ ok: true, value: { instanceId: instance.id } })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('shows stored values, and only that the token is set', async () => {
    await authorise()
    const shown = await getInstance(actor, { instanceId: instance.id })
    expect(shown).toMatchObject({
      ok: true,
      value: {
        kept: [{ key: 'realm', label: 'Realm', value: known.oauth1.realm }],
        token: { expiresAt: null, renewal: 'not_needed' },
      },
    })
    const fields = shown.ok ? [...shown.value.fields.main, ...shown.value.fields.advanced] : []
    expect(
      fields
        .filter(({ filled }) => filled)
        .map(({ variable }) => variable.key)
        .sort(),
    ).toEqual(['token', 'token_secret'])
  })

  test.each(['HMAC-SHA1', 'HMAC-SHA512', 'PLAINTEXT'])('is signed with %s', async (signature_method) => {
    expect(
      await authorise({ settings: typedSettings(method, instance.name, { ...consumer, signature_method }) }),
    ).toMatchObject({ ok: true })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('is signed with a private key', async () => {
    const values = {
      consumer_key: known.oauth1.rsaConsumerKey,
      consumer_secret: known.keys.rsa,
      signature_method: 'RSA-SHA256',
    }
    expect(await authorise({ settings: typedSettings(method, instance.name, values) })).toMatchObject({ ok: true })
  })

  test.each(['query', 'body'] as const)('sends its parameters in the %s', async (placement) => {
    await setUp({ options: { oauth1: { placement, bodyHash: false } } })
    expect(await authorise()).toMatchObject({ ok: true })
  })

  test('stores values from the callback', async () => {
    const callback = new URL(await decideAt(await begun(), 'allow'))
    callback.searchParams.set('account', 'casey')
    expect(await complete(callback.href)).toMatchObject({ ok: true })
    expect(await getInstance(actor, { instanceId: instance.id })).toMatchObject({
      ok: true,
      value: { kept: [{ key: 'account', value: 'casey' }, { key: 'realm' }] },
    })
  })

  test('works if the third party drops the query of the callback, and with it our state', async () => {
    const callback = new URL(await decideAt(await begun(), 'allow'))
    callback.searchParams.delete('state')
    expect(await complete(callback.href)).toMatchObject({ ok: true })
  })

  test('is one group in the request log: what was sent before the person left, and after they returned', async () => {
    const page = await begun()
    const [pending] = await sql<{ id: string }>(
      `SELECT "id" FROM "PendingAuthorisation" WHERE "instanceId" = $1 AND "state" = 'live'`,
      [instance.id],
    )
    expect(await complete(await decideAt(page, 'allow'))).toMatchObject({ ok: true })
    const lines = await sql<{ subject: string }>(
      'SELECT "subject" FROM "RequestLog" WHERE "correlationId" = $1 ORDER BY "at", "id"',
      [pending!.id],
    )
    expect(lines.map(({ subject }) => subject.split(' · ').at(-1))).toEqual(['Get request token', 'Get token'])
  })

  test('leaves neither token nor secret in the database, the log or the URL', async () => {
    const page = await begun()
    const [pending] = await sql<{ p: string }>('SELECT p::text AS p FROM "PendingAuthorisation" p')
    expect(pending?.p).not.toContain(new URL(page).searchParams.get('oauth_token'))
    const callback = await decideAt(page, 'allow')
    await complete(callback)
    expect(page).not.toContain(known.oauth1.consumerSecret)
    const { oauth_token, oauth_verifier, state } = Object.fromEntries(new URL(callback).searchParams)
    const rows = await sql<{ r: string }>(
      'SELECT t::text AS r FROM "InstanceToken" t UNION ALL SELECT k::text FROM "KeptValue" k UNION ALL SELECT l::text FROM "RequestLog" l UNION ALL SELECT a::text FROM "AuditLog" a UNION ALL SELECT p::text FROM "PendingAuthorisation" p',
    )
    const everything = rows.map(({ r }) => r).join() + (await openLoggedBodies()).join()
    for (const secret of [known.oauth1.consumerSecret, oauth_token!, oauth_verifier!, state!])
      expect(everything).not.toContain(secret)
    expect(everything).not.toMatch(/oauth_token_secret=(?!•)/)
  })

  test('is only needed if the authentication changes', async () => {
    await authorise()
    const change = async (values: Record<string, string>) =>
      needsAuthorisation(await contextOf(actor), instance.id, typedSettings(method, 'Another name', values))
    expect(await change({})).toEqual({ ok: true, value: false })
    expect(await change({ account: 'kim' })).toEqual({ ok: true, value: false })
    expect(await change({ consumer_secret: 'another' })).toEqual({ ok: true, value: true })
  })

  test('made again replaces the earlier token', async () => {
    await authorise()
    const before = await systemDb().keptValue.findMany({ where: { instanceId: instance.id, key: 'token' } })
    settings = typedSettings(method, instance.name, {})
    expect(await authorise()).toMatchObject({ ok: true })
    const after = await systemDb().keptValue.findMany({ where: { instanceId: instance.id, key: 'token' } })
    expect(after).toHaveLength(1)
    expect(after[0]?.id).not.toBe(before[0]?.id)
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })
})

describe('errors before the person leaves, with nothing pending:', () => {
  async function expectRefused(code: string, words: RegExp) {
    const refused = await begin()
    expect(refused).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(words) } })
    expect(JSON.stringify(refused)).not.toContain(known.oauth1.consumerSecret)
    const { id, revision } = await systemDb().instance.findUniqueOrThrow({ where: { id: instance.id } })
    expect((await waitingFor(await contextOf(actor), { id, revision })).pending).toBeNull()
  }

  test('the wrong consumer secret', async () => {
    settings = typedSettings(method, instance.name, { ...consumer, consumer_secret: 'a-wrong-consumer-secret' })
    const refused = await begin()
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'token_refused',
        message: expect.stringMatching(/refused the request token \(401 Unauthorized\)/),
      },
    })
    expect(JSON.stringify(refused)).not.toContain('a-wrong-consumer-secret')
  })

  test('an unknown signature method', async () => {
    settings = typedSettings(method, instance.name, { ...consumer, signature_method: 'HMAC-MD5' })
    await expectRefused('invalid_value', /signature method/)
  })

  test.each([
    [
      'does not confirm the callback',
      200,
      'oauth_token=a&oauth_token_secret=b',
      'invalid_answer',
      /oauth_callback_confirmed/,
    ],
    ['sends no token', 200, 'oauth_callback_confirmed=true', 'no_token', /no oauth_token/],
    ['sends no secret', 200, 'oauth_token=a&oauth_callback_confirmed=true', 'no_token', /no oauth_token_secret/],
    ['responds with a page', 200, '<!doctype html><title>Welcome</title>', 'no_token', /Welcome/],
    [
      'is down',
      503,
      'oauth_problem=service_down',
      'could_not_tell',
      /\(503 Service Unavailable\)\. It says: “service_down\.”/,
    ],
    ['redirects', 302, '', 'could_not_tell', /\(302 Found\)/],
  ])('a third party that %s', async (_what, status, body, code, words) => {
    const server = await anHttpServer((_request, response) =>
      response.writeHead(status, { 'content-type': 'text/html', location: 'https://evil.example/' }).end(body),
    )
    await setUp({ requestToken: `${server.url}/request_token`, confirmed: [server.url] })
    await expectRefused(code, words)
  })

  test('an unconfirmed host gets nothing (rule R14)', async () => {
    const server = await anHttpServer((_request, response) => response.end())
    await setUp({ requestToken: `${server.url}/request_token` })
    await expectRefused('origin_not_confirmed', /confirm/)
    expect(server.seen).toEqual([])
  })
})

describe('a refusal at the end leaves the current settings unchanged:', () => {
  beforeEach(async () => {
    await authorise()
    settings = typedSettings(method, `${instance.name} changed`, consumer)
  })

  async function expectRefused(
    code: string,
    result: ReturnType<typeof complete>,
    given: { canRetry?: boolean; tellsInstance?: boolean } = {},
  ) {
    const { canRetry = true, tellsInstance = true } = given
    expect(await result).toMatchObject({
      ok: false,
      error: { code, canRetry, instance: tellsInstance ? { id: instance.id } : null },
    })
    expect(await row()).toMatchObject({ name: instance.name, status: 'connected', revision: 2 })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  }

  test('denied, also if the third party drops our state; the values stay pending', async () => {
    const denied = await decideAt(await begun(), 'deny')
    await expectRefused('authorisation_denied', complete(denied))
    const again = new URL(await decideAt(await begun(), 'deny'))
    again.searchParams.delete('state')
    await expectRefused('authorisation_denied', complete(again.href))
    expect(await tokenCalls('oauth1_access')).toBe(1)
  })

  test.each(['user_refused', 'permission_denied'])('denied as oauth_problem=%s', async (problem) => {
    const callback = new URL(await decideAt(await begun(), 'allow'))
    callback.searchParams.delete('oauth_verifier')
    callback.searchParams.set('oauth_problem', problem)
    await expectRefused('authorisation_denied', complete(callback.href))
  })

  test('a different request token is not exchanged', async () => {
    const callback = new URL(await decideAt(await begun(), 'allow'))
    const calls = await tokenCalls('oauth1_access')
    callback.searchParams.set('oauth_token', 'another-token')
    await expectRefused('token_mismatch', complete(callback.href))
    expect(await tokenCalls('oauth1_access')).toBe(calls)
  })

  test('no verifier, and a wrong one', async () => {
    const callback = new URL(await decideAt(await begun(), 'allow'))
    const without = new URL(callback)
    without.searchParams.delete('oauth_verifier')
    await expectRefused('code_missing', complete(without.href))
    const other = new URL(await decideAt(await begun(), 'allow'))
    other.searchParams.set('oauth_verifier', 'wrong')
    await expectRefused('token_refused', complete(other.href))
  })

  test('used, also twice at once', async () => {
    const callback = await decideAt(await begun({ settings: typedSettings(method, instance.name, {}) }), 'allow')
    const calls = await tokenCalls('oauth1_access')
    const both = await Promise.all([complete(callback), complete(callback)])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(await complete(callback)).toMatchObject({ ok: false, error: { code: 'state_used' } })
    expect(await tokenCalls('oauth1_access')).toBe(calls + 1)
  })

  test('superseded by a newer one', async () => {
    const older = await decideAt(await begun(), 'allow')
    await begun()
    await expectRefused('state_superseded', complete(older), { canRetry: false })
  })

  test('another person and another browser, with our state and without it', async () => {
    const callback = await decideAt(await begun(), 'allow')
    const stateless = new URL(callback)
    stateless.searchParams.delete('state')
    const colleague = await anActor('manager', actor.workspaceId)
    const calls = await tokenCalls('oauth1_access')
    await expectRefused('state_foreign', complete(callback, { as: colleague }), {
      canRetry: false,
      tellsInstance: false,
    })
    await expectRefused('state_foreign', complete(callback, { secret: 'another-browser' }), {
      canRetry: false,
      tellsInstance: false,
    })
    await expectRefused('state_unknown', complete(stateless.href, { as: colleague }), {
      canRetry: false,
      tellsInstance: false,
    })
    await expectRefused('state_unknown', complete(stateless.href, { secret: 'another-browser' }), {
      canRetry: false,
      tellsInstance: false,
    })
    await expectRefused('state_unknown', complete(stateless.href, { secret: undefined }), {
      canRetry: false,
      tellsInstance: false,
    })
    expect(await tokenCalls('oauth1_access')).toBe(calls)
    expect(await complete(callback)).toMatchObject({ ok: true })
  })

  test('an access token URL that was changed in the meantime gets nothing', async () => {
    const callback = await decideAt(await begun(), 'allow')
    await sql(
      `UPDATE "AuthenticationPhase" SET "url" = '/oauth1/other' WHERE "methodId" = $1 AND "kind" = 'exchange'`,
      [method.id],
    )
    expect(await complete(callback)).toMatchObject({ ok: false, error: { code: 'method_changed' } })
  })
})
