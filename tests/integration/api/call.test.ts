import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Agent, request, type Dispatcher } from 'undici'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { encodeSession, sessionCookieName } from '@/lib/platform/session/cookie'
import { flushRequestLog } from '@/lib/request-log/record'
import { recordStatements } from '@/tests/integration/performance/recorded-statements'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
} from '@/tests/support/acme-builders'
import { anApiKey } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { aCallServer } from '@/tests/support/call-server'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer } from '@/tests/support/servers'

/** `POST /instances/{id}/endpoints/{endpointId}/call` over real HTTP (DATA §13). */

await testDatabase()

let owner: PersonActor

beforeEach(async () => {
  owner = await anActor('manager')
})

type Answer = Parameters<typeof anHttpServer>[0]
type Given = {
  type?: AuthenticationType
  options?: Prisma.InputJsonObject
  values?: Record<string, string>
  endpoint?: Prisma.EndpointUncheckedUpdateInput
  key?: Parameters<typeof anApiKey>[1]
}
type Call = {
  headers?: Record<string, string | undefined>
  body?: Dispatcher.DispatchOptions['body']
  path?: string
  method?: string
}

async function aCallable(answer: Answer, given: Given = {}) {
  const { type = 'basic', options = {}, values = acmeBasicValues } = given
  const thirdParty = await anHttpServer(answer)
  const acme = await acmeConnector(owner.workspaceId, thirdParty.url)
  const method = await acmeMethod(acme, type, { options, testUrl: null })
  const instance = await acmeInstance(acme, method, values)
  const { id: endpointId } = await acmeEndpoint(acme, method, '/orders')
  const endpoint = await systemDb().endpoint.update({ where: { id: endpointId }, data: given.endpoint ?? {} })
  const { key, keyId } = await anApiKey(owner, given.key)
  const { url } = await aCallServer()
  const dispatcher = new Agent()
  onTestFinished(() => dispatcher.close())
  const address = (one: string, other: string) => `/api/v1/instances/${one}/endpoints/${other}/call`
  const call = async ({ headers = {}, body, path, method: verb = 'POST' }: Call = {}) => {
    const response = await request(url + (path ?? address(instance.id, endpoint.id)), {
      ...{ dispatcher, method: verb as 'POST', body },
      headers: { authorization: `Bearer ${key}`, ...headers },
    })
    const bytes = Buffer.from(await response.body.arrayBuffer())
    return { status: response.statusCode, headers: response.headers, bytes, text: bytes.toString() }
  }
  return { thirdParty, acme, method, instance, endpoint, key, keyId, url, address, call, dispatcher }
}

async function aVariable(
  { acme, endpoint }: Pick<Awaited<ReturnType<typeof aCallable>>, 'acme' | 'endpoint'>,
  key: string,
) {
  return systemDb().variable.create({
    data: {
      ...{ workspaceId: acme.workspaceId, connectorId: acme.connectorId, endpointId: endpoint.id, level: 'endpoint' },
      ...{ key, displayName: key, required: true, configurable: true },
    },
  })
}

async function aFilter(
  { acme, endpoint }: Pick<Awaited<ReturnType<typeof aCallable>>, 'acme' | 'endpoint'>,
  key: string,
  place: 'url' | 'body' = 'url',
) {
  return systemDb().parameter.create({
    data: {
      ...{ workspaceId: acme.workspaceId, connectorId: acme.connectorId, endpointId: endpoint.id },
      ...{ key, place, value: '', required: false, displayName: key },
    },
  })
}

const problemIn = ({ text }: { text: string }) => JSON.parse(text) as Record<string, unknown>
const patchbay = { 'patchbay-response': 'patchbay', 'content-type': 'application/problem+json' }

describe('the response of the third party', () => {
  test('is passed on byte for byte, with its status, headers and encoding', async () => {
    const bytes = gzipSync(Buffer.from([0, 255, 1, 254, ...Buffer.from('orders')]))
    const { call } = await aCallable((_request, response) =>
      response
        .writeHead(207, {
          'content-encoding': 'gzip',
          etag: '"7"',
          link: '</orders?page=2>; rel="next"',
          'x-total': '12',
        })
        .end(bytes),
    )
    const response = await call({ headers: { 'accept-encoding': 'gzip' } })
    expect(response).toMatchObject({
      status: 207,
      headers: {
        ...{ 'content-encoding': 'gzip', etag: '"7"', link: '</orders?page=2>; rel="next"', 'x-total': '12' },
        ...{ 'patchbay-response': 'third-party', 'patchbay-attempts': '1', 'patchbay-waited': '0 ms' },
      },
    })
    expect(response.headers['patchbay-timing']).toMatch(/first-byte;dur=\d+/)
    expect(response.bytes.equals(bytes)).toBe(true)
  })

  test.each([400, 401, 403, 404, 429, 500, 503])('of status %i is passed on, not replaced', async (status) => {
    const { call } = await aCallable((_request, response) => response.writeHead(status).end('{"error":"theirs"}'))
    expect(await call()).toMatchObject({
      status,
      text: '{"error":"theirs"}',
      headers: { 'patchbay-response': 'third-party' },
    })
  })

  test('loses what would set something for this installation, or pretend to be from it', async () => {
    const { call } = await aCallable((_request, response) =>
      response
        .writeHead(200, {
          ...{
            'set-cookie': 'patchbay-session=theirs',
            'clear-site-data': '"*"',
            'strict-transport-security': 'max-age=9',
          },
          ...{ 'access-control-allow-origin': '*', 'patchbay-response': 'patchbay', 'patchbay-retry': 'refreshed' },
          ...{ 'proxy-authenticate': 'Basic', connection: 'x-hop', 'x-hop': '1', 'x-kept': '2' },
          'content-security-policy': 'default-src *',
        })
        .end('<script>'),
    )
    const { headers } = await call()
    for (const name of ['set-cookie', 'clear-site-data', 'strict-transport-security', 'access-control-allow-origin'])
      expect(headers).not.toHaveProperty(name)
    for (const name of ['proxy-authenticate', 'x-hop', 'patchbay-retry']) expect(headers).not.toHaveProperty(name)
    expect(headers).toMatchObject({
      ...{ 'x-kept': '2', 'patchbay-response': 'third-party', 'x-content-type-options': 'nosniff' },
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    })
  })

  test.each(['HEAD', 'DELETE'])('to %s may have no body', async (httpMethod) => {
    const { call, thirdParty } = await aCallable(
      (_request, response) =>
        httpMethod === 'HEAD'
          ? response.writeHead(200, { 'content-length': '1234' }).end()
          : response.writeHead(204).end(),
      { endpoint: { httpMethod } },
    )
    expect(await call()).toMatchObject({ status: httpMethod === 'HEAD' ? 200 : 204, text: '' })
    expect(thirdParty.seen).toMatchObject([{ method: httpMethod }])
  })

  test('that breaks off ends the connection of the program, so that nothing looks complete', async () => {
    const { call } = await aCallable((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('only this')
      setTimeout(() => response.destroy(), 50)
    })
    await expect(call()).rejects.toThrow()
  })

  test('stops arriving while the program does not read, and the log has its beginning', async () => {
    let written = 0
    const { url, key, address, instance, endpoint, dispatcher } = await aCallable((_request, response) => {
      const more = () => {
        do written += 64 * 1024
        while (response.write(Buffer.alloc(64 * 1024, 'x')))
        response.once('drain', more)
      }
      more()
    })
    const { body } = await request(url + address(instance.id, endpoint.id), {
      ...{ dispatcher, method: 'POST', headers: { authorization: `Bearer ${key}` } },
    })
    await expect.poll(() => written).toBeGreaterThan(0)
    let before = -1
    // The buffers of the connections fill up, then nothing more is written.
    await expect
      .poll(
        () => {
          const isStill = before === written
          before = written
          return isStill
        },
        { interval: 300, timeout: 10_000 },
      )
      .toBe(true)
    expect(written).toBeLessThan(64 * 1024 * 1024)
    body.destroy()
    await expect
      .poll(async () => {
        await flushRequestLog()
        return systemDb().requestLog.count({ where: { instanceId: instance.id } })
      })
      .toBe(1)
  })
})

describe('the request to the third party', () => {
  test('has the values and filters that the program gives by key or ID, as plain text', async () => {
    const callable = await aCallable((_request, response) => response.end('ok'), {
      endpoint: { url: '/orders/{{ order_id }}/{{ part }}' },
    })
    await aVariable(callable, 'order_id')
    const part = await aVariable(callable, 'part')
    await aFilter(callable, 'limit')
    const { call, thirdParty } = callable
    const headers = {
      'patchbay-values': JSON.stringify({ order_id: '[[payload.id]] Zürich', [part.id]: 7 }),
      'patchbay-filters': JSON.stringify({ limit: '{{ password }}' }),
    }
    expect(
      await call({
        headers: { ...headers, 'patchbay-values': Buffer.from(headers['patchbay-values']).toString('latin1') },
      }),
    ).toMatchObject({ status: 200 })
    expect(thirdParty.seen).toMatchObject([
      { url: `/orders/${encodeURIComponent('[[payload.id]] Zürich')}/7?limit=${encodeURIComponent('{{ password }}')}` },
    ])
  })

  test('reaches instance and endpoint by their keys', async () => {
    const { call, address, instance, endpoint } = await aCallable((_request, response) => response.end('ok'))
    for (const [one, other] of [
      [instance.key, endpoint.key],
      [instance.id, endpoint.key],
      [instance.key, endpoint.id],
    ] as const)
      expect(await call({ path: address(one, other) })).toMatchObject({ status: 200, text: 'ok' })
  })

  test('has the body of the endpoint, or instead of it the one that the program sends', async () => {
    const { call, thirdParty } = await aCallable((_request, response) => response.end('ok'), {
      endpoint: { httpMethod: 'POST', bodyFormat: 'json', body: '{"from":"definition"}' },
    })
    await call()
    await call({ headers: { 'content-type': 'application/vnd.acme+json' }, body: '{"from":"program"}' })
    expect(thirdParty.seen).toMatchObject([
      { headers: { 'content-type': 'application/json' }, body: '{"from":"definition"}' },
      { headers: { 'content-type': 'application/vnd.acme+json' }, body: '{"from":"program"}' },
    ])
  })

  test('has the conditions and preferences of the program, and never its key or cookies', async () => {
    const { call, thirdParty, key } = await aCallable((_request, response) => response.end('ok'))
    await call({
      headers: {
        ...{
          'idempotency-key': 'order-4711',
          'if-none-match': '"7"',
          'accept-language': 'de',
          traceparent: '00-1-2-01',
        },
        ...{ cookie: 'patchbay-session=mine', 'x-own': 'mine', 'x-forwarded-for': '10.0.0.1', te: 'trailers' },
      },
    })
    const { headers } = thirdParty.seen[0]!
    expect(headers).toMatchObject({
      ...{ 'idempotency-key': 'order-4711', 'if-none-match': '"7"', 'accept-language': 'de', traceparent: '00-1-2-01' },
      ...{ 'accept-encoding': 'identity', authorization: expect.stringMatching(/^Basic /) },
    })
    for (const name of ['cookie', 'x-own', 'x-forwarded-for', 'te']) expect(headers).not.toHaveProperty(name)
    expect(JSON.stringify(headers)).not.toContain(key)
  })

  test('streams a long body, with its length if the program says it', async () => {
    const { call, thirdParty } = await aCallable((_request, response) => response.end('ok'), {
      endpoint: { httpMethod: 'PUT', bodyFormat: 'raw' },
    })
    const long = 'pätchbay '.repeat(400_000)
    const pieces = async function* () {
      for (let from = 0; from < long.length; from += 100_000) yield Buffer.from(long.slice(from, from + 100_000))
    }
    const length = String(Buffer.byteLength(long))
    expect(await call({ body: long })).toMatchObject({ status: 200 })
    expect(await call({ body: pieces() as unknown as Call['body'] })).toMatchObject({ status: 200 })
    expect(thirdParty.seen.map(({ body }) => body === long)).toEqual([true, true])
    expect(thirdParty.seen.map(({ headers }) => headers['content-length'])).toEqual([length, undefined])
  })

  test('that was streamed is in the log with its beginning and its whole length', async () => {
    const { call, instance, keyId } = await aCallable((_request, response) => response.end('ok'), {
      endpoint: { httpMethod: 'PUT', bodyFormat: 'raw' },
    })
    const { headers } = await call({ body: 'x'.repeat(3_000_000) })
    await flushRequestLog()
    const lines = await systemDb().requestLog.findMany({
      where: { instanceId: instance.id },
      select: { id: true, requestBytes: true, correlationId: true, actorKind: true, actorId: true },
    })
    expect(lines).toMatchObject([
      {
        ...{ requestBytes: 3_000_000, correlationId: headers['patchbay-request-log'] },
        ...{ actorKind: 'api_key', actorId: keyId },
      },
    ])
    const bodies = await systemDb().requestLogBody.findMany({ where: { workspaceId: owner.workspaceId } })
    expect(bodies).toMatchObject([{ truncated: true }])
  })
})

describe('an expired token', () => {
  const options = { expiredStatuses: [401] }
  async function anExpiring() {
    let tokens = 0
    const callable = await aCallable(
      (request, response) => {
        if (request.url === '/oauth/token') {
          tokens += 1
          return response.end(
            JSON.stringify({ access_token: `token-${tokens}`, token_type: 'Bearer', expires_in: 3600 }),
          )
        }
        return response.writeHead(request.headers.authorization === 'Bearer token-1' ? 401 : 200).end('orders')
      },
      {
        ...{ type: 'oauth2_client_credentials', options, values: acmeOAuthValues },
        endpoint: { httpMethod: 'POST', bodyFormat: 'raw' },
      },
    )
    const { acme, method, thirdParty } = callable
    await systemDb().authenticationPhase.create({
      data: {
        ...{ workspaceId: acme.workspaceId, connectorId: acme.connectorId, methodId: method.id, kind: 'exchange' },
        ...{ url: `${thirdParty.url}/oauth/token`, httpMethod: 'POST' },
      },
    })
    return callable
  }

  test('is refreshed, and a body up to 1 MiB is sent again', async () => {
    const { call, thirdParty } = await anExpiring()
    const body = 'y'.repeat(1024 * 1024)
    expect(await call({ body })).toMatchObject({ status: 200, headers: { 'patchbay-attempts': '2' } })
    expect(thirdParty.seen.filter(({ url }) => url === '/orders').map((seen) => seen.body === body)).toEqual([
      true,
      true,
    ])
  })

  test('is refreshed, and a longer body is sent once: the program gets the 401 and knows that a repeat can work', async () => {
    const { call, thirdParty, instance } = await anExpiring()
    const body = 'z'.repeat(1024 * 1024 + 1)
    const refused = await call({ body })
    expect(refused).toMatchObject({
      ...{ status: 401, text: 'orders' },
      headers: { 'patchbay-response': 'third-party', 'patchbay-retry': 'refreshed', 'patchbay-attempts': '1' },
    })
    const repeated = await call({ body })
    expect(repeated.status).toBe(200)
    expect(repeated.headers).not.toHaveProperty('patchbay-retry')
    expect(thirdParty.seen.filter(({ url }) => url === '/orders')).toHaveLength(2)
    expect(await systemDb().instance.findUniqueOrThrow({ where: { id: instance.id } })).toMatchObject({
      status: 'connected',
    })
  })
})

test('a redirect that repeats a streamed body is passed on to the program; one to a GET is followed', async () => {
  const { call, thirdParty } = await aCallable(
    (request, response, { body }) => {
      if (request.url === '/orders') {
        const status = body.startsWith('a') ? 307 : 303
        return response.writeHead(status, { location: '/elsewhere' }).end()
      }
      return response.end('elsewhere')
    },
    { endpoint: { httpMethod: 'POST', bodyFormat: 'raw' } },
  )
  expect(await call({ body: 'a'.repeat(2_000_000) })).toMatchObject({
    status: 307,
    headers: { location: '/elsewhere' },
  })
  expect(await call({ body: 'b'.repeat(2_000_000) })).toMatchObject({ status: 200, text: 'elsewhere' })
  expect(thirdParty.seen.map(({ url, body }) => [url, body.length])).toEqual([
    ['/orders', 2_000_000],
    ['/orders', 2_000_000],
    ['/elsewhere', 0],
  ])
})

test('a body that has to be signed may have 10 MiB; nothing is sent of a longer one', async () => {
  const { call, thirdParty } = await aCallable((_request, response) => response.end('ok'), {
    type: 'digest',
    endpoint: { httpMethod: 'POST', bodyFormat: 'raw' },
    values: acmeBasicValues,
  })
  expect(await call({ body: 'x'.repeat(2_000_000) })).toMatchObject({ status: 200 })
  expect(thirdParty.seen).toHaveLength(1)
  const refused = await call({ body: 'x'.repeat(11_000_000) })
  expect(refused).toMatchObject({ status: 413, headers: patchbay })
  expect(problemIn(refused)).toMatchObject({ code: 'request_too_large', delivery: 'not_sent' })
  expect(thirdParty.seen).toHaveLength(1)
})

describe('a call is refused', () => {
  const refusedBefore = async (
    given: Given,
    call: Call,
    expected: { status: number; code: string; field?: string },
  ) => {
    const callable = await aCallable((_request, response) => response.end('ok'), given)
    const refused = await callable.call(call)
    expect(refused).toMatchObject({ status: expected.status, headers: patchbay })
    expect(problemIn(refused)).toMatchObject({ status: expected.status, code: expected.code })
    if (expected.field) expect(problemIn(refused)).toMatchObject({ field: expected.field })
    expect(callable.thirdParty.seen).toEqual([])
  }

  test('without a key, or with an unknown one', async () => {
    const unknown = { authorization: `Bearer pb_${'x'.repeat(43)}` }
    await refusedBefore({}, { headers: unknown }, { status: 401, code: 'not_signed_in' })
    await refusedBefore({}, { headers: { authorization: 'Basic abc' } }, { status: 401, code: 'not_signed_in' })
  })

  test('to a key that may only read', async () => {
    await refusedBefore({ key: { role: 'read_only' } }, {}, { status: 403, code: 'not_allowed' })
  })

  test('if the instance is not in the limits of the key, like an unknown one', async () => {
    await refusedBefore({ key: { limits: {} } }, {}, { status: 404, code: 'not_found' })
  })

  test('for a header with values that cannot be read, or names an unknown variable or parameter', async () => {
    for (const [name, field] of [
      ['patchbay-values', 'values'],
      ['patchbay-filters', 'filters'],
    ] as const) {
      for (const text of ['order', '[1]', '{"a":{}}', '{"a":null}'])
        await refusedBefore({}, { headers: { [name]: text } }, { status: 422, code: 'invalid_input', field })
      const unknown = { [name]: '{"surprise":"1"}' }
      await refusedBefore(
        {},
        { headers: unknown },
        { status: 422, code: 'unknown_variable', field: `${field}.surprise` },
      )
    }
  })

  test('for a query, and for another method than POST', async () => {
    const { call, address, instance, endpoint } = await aCallable((_request, response) => response.end('ok'))
    const path = address(instance.id, endpoint.id)
    expect(await call({ path: `${path}?limit=1` })).toMatchObject({ status: 422, headers: patchbay })
    expect(await call({ method: 'GET' })).toMatchObject({ status: 405, headers: { ...patchbay, allow: 'POST' } })
  })

  test('for a body where none is sent, or where a value is sent in the body', async () => {
    await refusedBefore({}, { body: 'x' }, { status: 422, code: 'invalid_input' })
    const posting = { endpoint: { httpMethod: 'POST', bodyFormat: 'json' } } as const
    const callable = await aCallable((_request, response) => response.end('ok'), posting)
    await aFilter(callable, 'note', 'body')
    const refused = await callable.call({ headers: { 'patchbay-filters': '{"note":"1"}' }, body: '{}' })
    expect([refused.status, problemIn(refused).code]).toEqual([422, 'invalid_input'])
    expect(callable.thirdParty.seen).toEqual([])
    await callable.call({ headers: { 'patchbay-filters': '{"note":"1"}' } })
    expect(callable.thirdParty.seen).toMatchObject([{ body: '{"note":"1"}' }])
  })

  test('for an unknown instance or endpoint, one of another workspace, and an endpoint of another connector', async () => {
    const { call, address, instance, endpoint, thirdParty } = await aCallable((_request, response) =>
      response.end('ok'),
    )
    const mine = owner
    owner = await anActor('manager')
    const foreign = await aCallable((_request, response) => response.end('ok'))
    owner = mine
    const other = await aCallable((_request, response) => response.end('ok'))
    for (const path of [
      address('unknown', endpoint.id),
      address(instance.id, 'unknown'),
      address(crypto.randomUUID(), endpoint.id),
      address(instance.id, crypto.randomUUID()),
      address(foreign.instance.id, foreign.endpoint.id),
      address(foreign.instance.key, foreign.endpoint.key),
      address(instance.id, foreign.endpoint.id),
      address(instance.id, other.endpoint.id),
      address(instance.key, other.endpoint.key),
      address('%00', endpoint.id),
    ]) {
      const refused = await call({ path })
      expect([path, refused.status, problemIn(refused).code]).toEqual([path, 404, 'not_found'])
      expect(refused.text).not.toContain(other.endpoint.name)
    }
    expect([thirdParty, foreign.thirdParty, other.thirdParty].flatMap(({ seen }) => seen)).toEqual([])
  })

  test('for an endpoint that does not accept the method of the instance (rule R1), and a missing value', async () => {
    const callable = await aCallable((_request, response) => response.end('ok'), {
      endpoint: { url: '/orders/{{ order_id }}' },
    })
    await aVariable(callable, 'order_id')
    const { call, endpoint, thirdParty } = callable
    const missing = await call()
    expect([missing.status, problemIn(missing).code]).toEqual([422, 'missing_value'])
    await systemDb().enablement.deleteMany({ where: { endpointId: endpoint.id } })
    const unavailable = await call({ headers: { 'patchbay-values': '{"order_id":"1"}' } })
    expect([unavailable.status, problemIn(unavailable).code]).toEqual([409, 'endpoint_not_available'])
    expect(thirdParty.seen).toEqual([])
  })

  test('if the third party cannot be reached or does not respond in time', async () => {
    const { call, acme, method } = await aCallable(() => {})
    await systemDb().authenticationMethod.update({ where: { id: method.id }, data: { timeoutSeconds: 1 } })
    const late = await call()
    expect(late).toMatchObject({ status: 504, headers: patchbay })
    expect(problemIn(late)).toMatchObject({ code: 'timed_out', delivery: 'unknown' })
    await systemDb().connector.update({ where: { id: acme.connectorId }, data: { baseUrl: 'http://127.0.0.1:1' } })
    await systemDb().connectorOrigin.updateMany({
      where: { connectorId: acme.connectorId },
      data: { origin: 'http://127.0.0.1:1' },
    })
    const unreached = await call()
    expect(unreached).toMatchObject({ status: 502, headers: patchbay })
    expect(problemIn(unreached)).toMatchObject({ code: 'connection_failed', delivery: 'not_sent' })
  })

  test('with the time after which a repeat can work, if the limits of the instance would make it wait too long', async () => {
    const { call, instance } = await aCallable((_request, response) => response.end('ok'))
    await systemDb().instance.update({
      where: { id: instance.id },
      data: { rateLimitAmount: 1, rateLimitUnit: 'hour' },
    })
    expect((await call()).status).toBe(200)
    const refused = await call()
    expect(refused).toMatchObject({ status: 429, headers: patchbay })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000)
    expect(problemIn(refused)).toMatchObject({ code: 'too_many_requests_waiting', delivery: 'not_sent' })
  })
})

test('a page of this installation may call with the session of a person, and another page may not', async () => {
  const { call, thirdParty } = await aCallable((_request, response) => response.end('ok'))
  const { sessionId, userId, workspaceId } = owner
  const cookie = `${sessionCookieName()}=${await encodeSession({ sessionId, userId, workspaceId })}`
  const asPerson = { authorization: undefined, cookie }
  expect(await call({ headers: asPerson })).toMatchObject({ status: 403, headers: patchbay })
  expect(thirdParty.seen).toEqual([])
  // The server refuses a foreign origin before (lib/platform/door).
  expect(await call({ headers: { ...asPerson, origin: 'http://localhost:3000' } })).toMatchObject({ status: 200 })
  expect(thirdParty.seen[0]!.headers).not.toHaveProperty('cookie')
})

describe('what is cached about a key or an address decides nothing', () => {
  test('a key that was revoked is refused at once, and one that was given a higher role may call at once', async () => {
    const { call, keyId } = await aCallable((_request, response) => response.end('ok'))
    expect((await call()).status).toBe(200)
    await systemDb().apiKey.update({ where: { id: keyId }, data: { role: 'read_only' } })
    expect((await call()).status).toBe(403)
    await systemDb().apiKey.update({ where: { id: keyId }, data: { role: 'user' } })
    expect((await call()).status).toBe(200)
    await systemDb().apiKey.update({ where: { id: keyId }, data: { revokedAt: new Date() } })
    const refused = await call()
    expect([refused.status, problemIn(refused).code]).toEqual([401, 'not_signed_in'])
  })

  test('an instance that takes over the key of a deleted one is called', async () => {
    const { call, acme, method, instance, endpoint, address } = await aCallable((request, response) =>
      response.end(request.headers.authorization),
    )
    const path = address(instance.key, endpoint.key)
    const before = await call({ path })
    await systemDb().instance.delete({ where: { id: instance.id } })
    expect((await call({ path })).status).toBe(404)
    const next = await acmeInstance(acme, method, { username: 'someone', password: 'else-entirely' })
    await systemDb().instance.update({ where: { id: next.id }, data: { key: instance.key } })
    const after = await call({ path })
    expect(after.status).toBe(200)
    expect(after.text).not.toBe(before.text)
  })

  test('a call costs one query and a share of one write, also by keys', async () => {
    const { call, address, instance, endpoint } = await aCallable((_request, response) => response.end('ok'))
    const path = address(instance.key, endpoint.key)
    await call({ path })
    await flushRequestLog()
    const statements = await recordStatements(async () => {
      for (let number = 0; number < 5; number += 1) await call({ path })
      await flushRequestLog()
    })
    const writes = statements.filter(({ text }) => text.includes('INSERT'))
    expect(statements.length - writes.length).toBe(5)
  })
})

test('any call has an answer that says from whom it is: 1,000 generated calls', async () => {
  const foreign = await aCallable((_request, response) => response.end('foreign'))
  owner = await anActor('manager')
  const own = await aCallable((_request, response) => response.end('ok'), {
    endpoint: { httpMethod: 'POST', bodyFormat: 'json', url: '/orders/{{ order_id }}' },
  })
  await aVariable(own, 'order_id')
  const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.toWellFormed())
  const names = (one: { id: string; key: string }, other: { id: string }) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(one.id, one.key) },
      { weight: 1, arbitrary: fc.constant(other.id) },
      { weight: 1, arbitrary: text.filter((value) => value !== '' && value !== '.' && value !== '..') },
    )
  const header = fc.oneof(
    fc.constantFrom(undefined, '{"order_id":"1"}', '{"order_id":7}', '{"__proto__":"1"}', '{"order_id":""}', '[]', '{'),
    fc.jsonValue({ maxDepth: 2 }).map((value) => Buffer.from(JSON.stringify(value)).toString('latin1')),
  )
  const sent = fc.record({
    instance: names(own.instance, foreign.instance),
    endpoint: names(own.endpoint, foreign.endpoint),
    values: fc.oneof({ weight: 2, arbitrary: fc.constant('{"order_id":"1"}') }, { weight: 1, arbitrary: header }),
    filters: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: header }),
    body: fc.oneof(fc.constant(null), fc.uint8Array({ maxLength: 100 })),
    method: fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'GET'),
  })
  let answered = 0
  await fc.assert(
    fc.asyncProperty(sent, async ({ instance, endpoint, values, filters, body, method }) => {
      const path = own.address(encodeURIComponent(instance), encodeURIComponent(endpoint))
      const response = await own.call({
        ...{ path, method, body: method === 'GET' ? null : body },
        headers: {
          ...(values !== undefined && { 'patchbay-values': values }),
          ...(filters !== undefined && { 'patchbay-filters': filters }),
        },
      })
      const from = response.headers['patchbay-response']
      if (from === 'third-party') answered += 1
      expect(from === 'third-party' ? response.text : problemIn(response).status).toBe(
        from === 'third-party' ? 'ok' : response.status,
      )
      expect(response.status).toBeLessThan(500)
      expect(response.text).not.toContain(foreign.endpoint.name)
    }),
    { numRuns: 1_000, endOnFailure: true },
  )
  expect(answered).toBeGreaterThan(20)
  expect(foreign.thirdParty.seen).toEqual([])
}, 120_000)
