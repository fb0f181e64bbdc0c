import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { loadCredentials } from '@/lib/credentials/credentials'
import { causeOf } from '@/lib/exchange/request-context'
import { obtainTokens } from '@/lib/tokens/obtain-tokens'
import { verifyDraft } from '@/lib/verification/verify'
import { checkInstance } from '@/lib/verification/check-instance'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeConnector, acmeEndpoint, acmeInstance, type AcmeMethod } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { methodOf } from '../../support/method-builders'
import { openLoggedBodies } from '../../support/open-logged-bodies'
import { anHttpServer } from '../../support/servers'
import { permitted } from '@/tests/support/permitted'

/** Several token requests in order, the values stored from their responses, and the lookups after them. */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const { account, username, password } = known.session

let actor: PersonActor

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('manager')
})

const logRows = () =>
  systemDb().requestLog.findMany({ where: { workspaceId: actor.workspaceId }, orderBy: { at: 'asc' } })
const keptRows = (instanceId: string) =>
  systemDb().keptValue.findMany({ where: { instanceId }, orderBy: { key: 'asc' } })
const run = (instanceId: string, endpointId: string) =>
  sendEndpointRequest(actor, { instanceId, endpointId, values: {}, filters: {} })

function draftOf(method: AcmeMethod, values: Record<string, string>) {
  const typed = Object.entries(values).map(([key, value]) => ({ variableId: method.variables[key]!, value }))
  return { methodId: method.id, instanceId: null, values: typed, certificate: { kind: 'keep' } as const }
}

// Shows C19.
describe('two token requests: a ticket as JSON, then a session as XML', () => {
  const values = { account, username, password }

  async function sessions(given: { place?: 'header' | 'cookie' } = {}) {
    const acme = await acmeConnector(actor.workspaceId, sandbox.url)
    const method = await methodOf(acme, 'token_exchange', {
      variables: ['account', 'username', 'password', 'session_cookie'],
      phases: [
        {
          ...{
            kind: 'exchange',
            step: 0,
            httpMethod: 'POST',
            url: '/session/ticket',
            bodyFormat: 'json',
            clientAuthentication: 'nothing',
          },
          body: '{"account": "{{ account }}", "username": "{{ username }}", "password": "{{ password }}"}',
          extract: [{ variable: 'ticket', path: '$.result.ticket', secret: true }],
        },
        {
          ...{ kind: 'exchange', step: 1, httpMethod: 'POST', url: '/session/open', bodyFormat: 'xml' },
          body: '<login><ticket>{{ step1.ticket }}</ticket></login>',
        },
        { kind: 'verify', step: 0, httpMethod: 'GET', url: '/session/whoami' },
      ],
      options: {
        ...{ tokenPath: '$.response.session.token', expiryPath: "$.response.session.lifetime['#text']" },
        placement:
          given.place === 'cookie'
            ? { place: 'cookie', key: 'ACME_SESSION', value: '{{ access_token }}' }
            : { place: 'header', key: 'X-Session', value: '{{ access_token }}' },
        kept: [{ variable: 'session_cookie', path: 'cookie:ACME_SESSION', secret: true, expiryPath: '' }],
      },
    })
    const instance = await acmeInstance(acme, method, values)
    const endpoint = await acmeEndpoint(acme, method, '/session/orders')
    return { method, instanceId: instance.id, call: () => run(instance.id, endpoint.id) }
  }

  test.each(['header', 'cookie'] as const)('result in a session that is sent with requests in a %s', async (place) => {
    const { call } = await sessions({ place })
    expect(await call()).toMatchObject({ ok: true, value: { response: { status: 200 }, attempts: 1 } })
    expect((await sandbox.control.getTokenCalls()).calls.map(({ grantType }) => grantType)).toEqual([
      'session_ticket',
      'session_open',
    ])
  })

  test('are repeated when the session has expired', async () => {
    const { call, instanceId } = await sessions()
    await call()
    await sandbox.control.expireAccessTokens()
    expect(await call()).toMatchObject({ ok: true, value: { response: { status: 200 }, attempts: 2 } })
    expect(await keptRows(instanceId)).toMatchObject([{ key: 'session_cookie', secret: true }])
  })

  test('show no ticket, session, cookie or password in the log or the report', async () => {
    const { call } = await sessions()
    const report = await call()
    const sent = await sandbox.control.getRequests()
    const ticket = /<ticket>([^<]+)/.exec(sent.map(({ body }) => body).join(''))![1]!
    const session = sent.at(-1)!.headers['x-session']!
    const seen = JSON.stringify([report, await logRows(), await openLoggedBodies()])
    expect(seen).toContain('/session/open')
    for (const planted of [ticket, session, password]) expect(seen).not.toContain(planted)
  })

  test('name the one that was refused', async () => {
    const { method } = await sessions()
    expect(await verifyDraft(permitted(actor), draftOf(method, values))).toMatchObject({
      ok: true,
      value: { outcome: 'accepted', step: 'test_request' },
    })
    const refused = await verifyDraft(
      permitted(actor),
      draftOf(method, { ...values, password: 'planted-wrong-password' }),
    )
    expect(refused).toMatchObject({
      ok: true,
      value: {
        outcome: 'rejected',
        step: 'getting_token',
        status: 401,
        message: expect.stringContaining('Token request 1'),
      },
    })
    expect(JSON.stringify(refused)).not.toContain('planted-wrong-password')
  })
})

/** A vendor that responds as the test defines, path by path. */
async function aVendor(
  answers: Record<
    string,
    (
      body: string,
      headers: Record<string, unknown>,
    ) => { status?: number; headers?: Record<string, string>; json?: object }
  >,
) {
  const server = await anHttpServer((request, response, { body }) => {
    const path = new URL(request.url!, 'http://vendor').pathname
    const { status = 200, headers = {}, json } = answers[path]?.(body, request.headers) ?? { status: 404, json: {} }
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(json === undefined ? '' : JSON.stringify(json))
  })
  const acme = await acmeConnector(actor.workspaceId, server.url)
  const paths = () => server.seen.map(({ url }) => new URL(url, 'http://vendor').pathname)
  return { server, acme, paths }
}

const exchange = { kind: 'exchange', step: 0, httpMethod: 'POST', url: '/token' } as const
const clientValues = { client_id: 'client', client_secret: 'planted-client-secret' }

describe('unusual token responses', () => {
  // Shows C41.
  test('expired, by a body with status 200: the request is sent again with a new token', async () => {
    let issued = 0
    const { acme, paths } = await aVendor({
      '/token': () => ({ json: { access_token: `token-${(issued += 1)}` } }),
      '/orders': (_body, { authorization }) => ({
        json: authorization === 'Bearer token-2' ? { orders: [] } : { code: 40100 },
      }),
    })
    const method = await methodOf(acme, 'oauth2_client_credentials', {
      phases: [exchange],
      options: { expiredBody: { path: '$.code', value: '40100' } },
    })
    const instance = await acmeInstance(acme, method, clientValues)
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    expect(await run(instance.id, endpoint.id)).toMatchObject({
      ok: true,
      value: { attempts: 2, response: { body: '{"orders":[]}' } },
    })
    expect(paths()).toEqual(['/token', '/orders', '/token', '/orders'])
  })

  test('a redirect with the code for the next step is read, but never followed', async () => {
    const { acme, paths } = await aVendor({
      '/login': () => ({ status: 302, headers: { location: '/elsewhere?code=planted-code' } }),
      '/token': (body) => ({ json: { access_token: body === 'code=planted-code' ? 'right' : 'wrong' } }),
      '/orders': (_body, { authorization }) => ({ status: authorization === 'Bearer right' ? 200 : 401, json: {} }),
    })
    const method = await methodOf(acme, 'token_exchange', {
      phases: [
        {
          ...exchange,
          url: '/login',
          clientAuthentication: 'nothing',
          extract: [{ variable: 'code', path: 'url:code', secret: true }],
        },
        { ...exchange, step: 1, bodyFormat: 'form' },
      ],
      parameters: [{ place: 'body', key: 'code', value: '{{ step1.code }}', phases: ['exchange'], steps: [1] }],
      options: { tokenPath: 'access_token' },
    })
    const instance = await acmeInstance(acme, method, {})
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    expect(await run(instance.id, endpoint.id)).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect(paths()).toEqual(['/login', '/token', '/orders'])
    expect(JSON.stringify([await logRows(), await openLoggedBodies()])).not.toContain('planted-code')
  })

  // Shows D33.
  test('a redirect where a token is expected is an error that names the new address', async () => {
    const { acme, paths } = await aVendor({
      '/token': () => ({ status: 308, headers: { location: 'https://elsewhere.test/token' } }),
    })
    const method = await methodOf(acme, 'oauth2_client_credentials', { phases: [exchange] })
    const instance = await acmeInstance(acme, method, clientValues)
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    expect(await run(instance.id, endpoint.id)).toMatchObject({
      ok: false,
      error: { code: 'host_not_allowed', message: expect.stringContaining('https://elsewhere.test') },
    })
    expect(paths()).toEqual(['/token'])
  })
})

// Shows C40.
describe('a refresh without a person', () => {
  const tokenFor = (answers: object[]) => {
    let count = 0
    return () => ({ json: answers[Math.min(count++, answers.length - 1)]! })
  }

  test('that fails because the grant is no longer valid is followed by new token requests', async () => {
    const { acme, server } = await aVendor({
      '/token': (body) =>
        body.includes('grant_type=refresh_token')
          ? { status: 400, json: { error: 'invalid_grant' } }
          : { json: { access_token: 'token', refresh_token: 'refresh' } },
      '/orders': () => ({ json: {} }),
    })
    const method = await methodOf(acme, 'oauth2_client_credentials', { phases: [exchange] })
    const instance = await acmeInstance(acme, method, clientValues)
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    await run(instance.id, endpoint.id)
    await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 s'`)
    expect(await run(instance.id, endpoint.id)).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    const grants = server.seen
      .map(({ body }) => new URLSearchParams(body).get('grant_type'))
      .filter((grant) => grant !== null)
    expect(grants).toEqual(['client_credentials', 'refresh_token', 'client_credentials'])
    expect((await systemDb().instance.findFirstOrThrow({ where: { id: instance.id } })).status).toBe('connected')
  })

  test('with the access token itself extends it, if the response contains no token', async () => {
    const { acme, server } = await aVendor({
      '/token': tokenFor([{ access_token: 'lasting-token', expires_in: 600 }]),
      '/extend': () => ({ json: { expires_in: 3_600 } }),
      '/orders': (_body, { authorization }) => ({
        status: authorization === 'Bearer lasting-token' ? 200 : 401,
        json: {},
      }),
    })
    const phases = [exchange, { kind: 'refresh', httpMethod: 'POST', url: '/extend' } as const]
    const method = await methodOf(acme, 'oauth2_client_credentials', {
      phases,
      options: { refreshBy: 'access_token', refreshWithoutToken: true },
    })
    const instance = await acmeInstance(acme, method, clientValues)
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    await run(instance.id, endpoint.id)
    await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 s'`)
    expect(await run(instance.id, endpoint.id)).toMatchObject({
      ok: true,
      value: { response: { status: 200 }, attempts: 1 },
    })
    expect(server.seen[2]).toMatchObject({
      url: '/extend',
      body: expect.stringContaining('access_token=lasting-token'),
    })
    const { expiresAt, obtainedAt } = await systemDb().instanceToken.findFirstOrThrow({
      where: { instanceId: instance.id },
    })
    expect(Math.round((expiresAt!.getTime() - obtainedAt.getTime()) / 1000)).toBe(3_600)
  })
})

// Shows C23.
describe('after-connect lookups', () => {
  async function shops(find: () => { status?: number; json?: object }) {
    const vendor = await aVendor({
      '/token': () => ({ json: { access_token: 'token' } }),
      '/me': find,
      '/shops/7/orders': () => ({ json: {} }),
      '/orders': () => ({ json: {} }),
    })
    const extract = [{ variable: 'shop', path: '$.shop.id', secret: false }]
    return {
      ...vendor,
      lookup: { kind: 'after_connect' as const, step: 0, httpMethod: 'GET' as const, url: '/me', extract },
    }
  }

  test('run with the token request, and their values are available to the request', async () => {
    const { acme, lookup, paths } = await shops(() => ({ json: { shop: { id: 7 } } }))
    const method = await methodOf(acme, 'oauth2_client_credentials', {
      phases: [exchange, lookup],
      variables: ['shop'],
    })
    const instance = await acmeInstance(acme, method, clientValues)
    const endpoint = await acmeEndpoint(acme, method, '/shops/{{ shop }}/orders')
    expect(await run(instance.id, endpoint.id)).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect(paths()).toEqual(['/token', '/me', '/shops/7/orders'])
    expect((await logRows()).map(({ purpose }) => purpose).toSorted()).toEqual([
      'after_connect',
      'endpoint',
      'exchange',
    ])
  })

  test('that fail do not lose the token, and Check now repeats them', async () => {
    let broken = true
    const { acme, lookup } = await shops(() =>
      broken ? { status: 500, json: { message: 'out of order' } } : { json: { shop: { id: 7 } } },
    )
    const verify = { kind: 'verify', step: 0, httpMethod: 'GET', url: '/orders' } as const
    const method = await methodOf(acme, 'oauth2_client_credentials', {
      phases: [exchange, lookup, verify],
      variables: ['shop'],
    })
    const instance = await acmeInstance(acme, method, clientValues)
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    expect(await run(instance.id, endpoint.id)).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect(await checkInstance(actor, { instanceId: instance.id })).toMatchObject({
      ok: true,
      value: { outcome: 'accepted', message: expect.stringContaining('out of order') },
    })
    broken = false
    expect(await checkInstance(actor, { instanceId: instance.id })).toMatchObject({
      ok: true,
      value: { outcome: 'accepted', message: expect.not.stringContaining('lookup') },
    })
    expect(await keptRows(instance.id)).toMatchObject([{ key: 'shop' }])
  })
})

test('all token requests together share one time limit', async () => {
  const thirdParty = await anHttpServer((request, response) => {
    if (request.url === '/first') setTimeout(() => response.end('{"ticket":"t"}'), 700)
  })
  const acme = await acmeConnector(actor.workspaceId, thirdParty.url)
  const method = await methodOf(acme, 'token_exchange', {
    phases: [
      {
        ...{ kind: 'exchange', step: 0, httpMethod: 'POST', url: '/first', clientAuthentication: 'nothing' },
        extract: [{ variable: 'ticket', path: '$.ticket', secret: true }],
      },
      { kind: 'exchange', step: 1, httpMethod: 'POST', url: '/second', clientAuthentication: 'nothing' },
    ],
  })
  const { id: instanceId } = await acmeInstance(acme, method, {})
  const credentials = await loadCredentials(actor.workspaceId, instanceId)
  if (!credentials.ok) throw new Error(credentials.error.message)
  const obtained = await obtainTokens(credentials.value, { kind: 'exchange' }, causeOf(actor, 'Get token'), {
    now: () => new Date(),
    timeoutMs: 1_000,
  })
  expect(obtained).toMatchObject({ ok: false, error: { code: 'timed_out' } })
  const [first, second] = await logRows()
  expect(first!.durationMs + second!.durationMs).toBeLessThan(1_500)
})
