import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { callEndpoint } from '@/lib/calls/call-endpoint'
import type { PersonActor } from '@/lib/domain/access/actor'
import { systemDb } from '@/lib/platform/db/client'
import { getTrialEndpoint } from '@/lib/trials/get-trial-endpoint'
import { listTrialInstances } from '@/lib/trials/list-trial-instances'
import { listTrialMethods } from '@/lib/trials/list-trial-methods'
import { tryWithInstance } from '@/lib/trials/try-with-instance'
import type { EndpointTrial } from '@/lib/trials/schema'
import { tryWithTypedValues } from '@/lib/trials/try-with-typed-values'
import { recordStatements } from '@/tests/integration/performance/recorded-statements'
import { known } from '@/tests/sandbox/known'
import { startSandbox } from '@/tests/sandbox/sandbox'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'

/** *Try it*: a real request from the pages of an endpoint, a method and an instance. */

await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let actor: PersonActor
let acme: Acme
let method: AcmeMethod
let endpointId: string

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, sandbox.url)
  method = await acmeMethod(acme, 'basic')
  endpointId = (await acmeEndpoint(acme, method, '/orders', { dataPath: '$.orders' })).id
})

const orders = () => ({ kind: 'endpoint' as const, endpointId, values: {}, filters: {}, page: null })
const testRequest = { kind: 'test_request' as const, step: 0 }
const typed = (values: Record<string, string>, of = method) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [of.variables[key]!, value]))
const typedBasic = (values: Record<string, string> = acmeBasicValues) => ({
  methodId: method.id,
  credentials: typed(values),
})
const secondMethod = () => acmeMethod(acme, 'oauth2_authorization_code')

describe('with an instance', () => {
  test('sends the request of an endpoint and reports both sides, without the password', async () => {
    const instance = await acmeInstance(acme, method, acmeBasicValues)
    const tried = await tryWithInstance(actor, { instanceId: instance.id, request: orders() })
    expect(tried).toMatchObject({
      ok: true,
      value: { request: { method: 'GET', url: `${sandbox.url}/orders` }, response: { status: 200, isJson: true } },
    })
    expect(JSON.stringify(tried)).not.toContain(known.basic.password)
    expect(await sandbox.control.getRequests()).toHaveLength(1)
  })

  test('sends nothing to an endpoint that does not accept the instance (rule R1)', async () => {
    const other = await secondMethod()
    const instance = await acmeInstance(acme, other, acmeOAuthValues)
    const tried = await tryWithInstance(actor, { instanceId: instance.id, request: orders() })
    expect(tried).toMatchObject({ ok: false, error: { code: 'endpoint_not_available' } })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('counts for the health of the instance like every call', async () => {
    const instance = await acmeInstance(acme, method, { ...acmeBasicValues, password: 'wrong' })
    await tryWithInstance(actor, { instanceId: instance.id, request: orders() })
    const { status } = await systemDb().instance.findFirstOrThrow({ where: { id: instance.id } })
    expect(status).toBe('failing')
  })

  test('sends the test request of its method', async () => {
    const instance = await acmeInstance(acme, method, acmeBasicValues)
    const tried = await tryWithInstance(actor, { instanceId: instance.id, request: testRequest })
    expect(tried).toMatchObject({
      ok: true,
      value: { request: { url: `${sandbox.url}/whoami` }, response: { status: 200 } },
    })
  })

  test('says so if the method has no test request', async () => {
    const bare = await acmeMethod(acme, 'basic', { testUrl: null })
    const instance = await acmeInstance(acme, bare, acmeBasicValues)
    const tried = await tryWithInstance(actor, { instanceId: instance.id, request: testRequest })
    expect(tried).toMatchObject({ ok: false, error: { message: expect.stringContaining('has no test request yet') } })
  })

  test('refuses a value of another endpoint, at its field', async () => {
    const instance = await acmeInstance(acme, method, acmeBasicValues)
    const foreign = '0198f0aa-0000-7000-8000-000000000001'
    for (const part of ['values', 'filters'] as const) {
      const request = { ...orders(), [part]: { [foreign]: 'x' } }
      expect(await tryWithInstance(actor, { instanceId: instance.id, request })).toMatchObject({
        ok: false,
        error: { code: 'invalid_input', field: `${part}.${foreign}` },
      })
    }
    expect(await sandbox.control.getRequests()).toEqual([])
  })
})

describe('with values typed for one request', () => {
  test('sends them and stores nothing but the line in the request log', async () => {
    const tried = await tryWithTypedValues(actor, { ...typedBasic(), request: orders() })
    expect(tried).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect(JSON.stringify(tried)).not.toContain(known.basic.password)
    const where = { workspaceId: actor.workspaceId }
    expect(await systemDb().instance.count({ where })).toBe(0)
    expect(await systemDb().methodValue.count({ where })).toBe(0)
    const lines = await systemDb().requestLog.findMany({ where })
    expect(lines).toMatchObject([{ purpose: 'endpoint', instanceId: null, endpointId, status: 200 }])
    expect(JSON.stringify(lines)).not.toContain(known.basic.password)
  })

  test('obtains a token for the request and does not store it', async () => {
    const oauth = await acmeMethod(acme, 'oauth2_client_credentials', { tokenUrl: `${sandbox.url}/oauth/token` })
    await systemDb().authenticationPhase.create({
      data: {
        ...{ workspaceId: acme.workspaceId, connectorId: acme.connectorId, methodId: oauth.id },
        ...{ kind: 'exchange', url: `${sandbox.url}/oauth/token`, httpMethod: 'POST' },
      },
    })
    const { id: client_id, secret: client_secret } = known.serviceClients.basic
    const tried = await tryWithTypedValues(actor, {
      methodId: oauth.id,
      credentials: typed({ client_id, client_secret, scope: 'orders.read' }, oauth),
      request: testRequest,
    })
    expect(tried).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect(JSON.stringify(tried)).not.toContain(client_secret)
    expect(await systemDb().instanceToken.count({ where: { workspaceId: actor.workspaceId } })).toBe(0)
  })

  test('reports a refusal of the API with its status and body', async () => {
    const wrong = typedBasic({ ...acmeBasicValues, password: 'wrong-secret-typed' })
    const tried = await tryWithTypedValues(actor, { ...wrong, request: orders() })
    expect(tried).toMatchObject({ ok: true, value: { response: { status: 401 } } })
    expect(JSON.stringify(tried)).not.toContain('wrong-secret-typed')
  })

  test('names a missing value, and sends nothing', async () => {
    const tried = await tryWithTypedValues(actor, {
      methodId: method.id,
      credentials: typed({ username: 'x' }),
      request: orders(),
    })
    expect(tried).toMatchObject({ ok: false, error: { field: `values.${method.variables.password}` } })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('sends nothing to an endpoint that does not accept the method (rule R1)', async () => {
    const other = await acmeMethod(acme, 'basic')
    const tried = await tryWithTypedValues(actor, {
      methodId: other.id,
      credentials: typed(acmeBasicValues, other),
      request: orders(),
    })
    expect(tried).toMatchObject({ ok: false, error: { code: 'endpoint_not_available' } })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('sends nothing to a host that no administrator has confirmed (rule R14)', async () => {
    const unconfirmed = await acmeConnector(actor.workspaceId, sandbox.url, { confirmed: [] })
    const own = await acmeMethod(unconfirmed, 'basic')
    const endpoint = await acmeEndpoint(unconfirmed, own, '/orders')
    const tried = await tryWithTypedValues(actor, {
      methodId: own.id,
      credentials: typed(acmeBasicValues, own),
      request: { ...orders(), endpointId: endpoint.id },
    })
    expect(tried.ok).toBe(false)
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('refuses a method that a person has to authorise', async () => {
    const oauth = await secondMethod()
    const tried = await tryWithTypedValues(actor, {
      methodId: oauth.id,
      credentials: typed(acmeOAuthValues, oauth),
      request: testRequest,
    })
    expect(tried).toMatchObject({ ok: false, error: { message: expect.stringContaining('Choose an instance') } })
  })

  test('is refused to people who may only run', async () => {
    const user = await anActor('user', actor.workspaceId)
    const tried = await tryWithTypedValues(user, { ...typedBasic(), request: orders() })
    expect(tried).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
  })
})

test.each(['an instance', 'typed values'])(
  'a response that is too large advises to request less data, with %s',
  async (credentials) => {
    const big = await acmeEndpoint(acme, method, '/misbehaving/fifty-megabytes')
    const request = { ...orders(), endpointId: big.id }
    const tried =
      credentials === 'typed values'
        ? await tryWithTypedValues(actor, { ...typedBasic(), request })
        : await tryWithInstance(actor, {
            instanceId: (await acmeInstance(acme, method, acmeBasicValues)).id,
            request,
          })
    expect(tried).toMatchObject({
      ok: false,
      error: { code: 'answer_too_large', message: expect.stringContaining('Request less data at once') },
    })
  },
)

test('an endpoint is read once when the panel opens, and once for a trial with typed values', async () => {
  const readings = async (work: () => Promise<unknown>) =>
    (await recordStatements(work)).filter(({ text }) => /^SELECT .*FROM "public"\."Endpoint"/s.test(text)).length
  expect(await readings(() => getTrialEndpoint(actor, { endpointId }))).toBe(1)
  expect(await readings(() => tryWithTypedValues(actor, { ...typedBasic(), request: orders() }))).toBe(1)
})

test('an endpoint or an instance of another workspace is not found, and nothing is sent', async () => {
  const elsewhere = await acmeConnector((await anActor('manager')).workspaceId, sandbox.url)
  const theirMethod = await acmeMethod(elsewhere, 'basic')
  const theirs = await acmeEndpoint(elsewhere, theirMethod, '/orders')
  const { id: instanceId } = await acmeInstance(elsewhere, theirMethod, acmeBasicValues)
  const own = await acmeInstance(acme, method, acmeBasicValues)
  const request = { ...orders(), endpointId: theirs.id }
  const notFound = { ok: false, error: { code: 'not_found' } }
  expect(await getTrialEndpoint(actor, { endpointId: theirs.id })).toMatchObject(notFound)
  expect(await tryWithInstance(actor, { instanceId: own.id, request })).toMatchObject(notFound)
  expect(await tryWithInstance(actor, { instanceId, request: orders() })).toMatchObject(notFound)
  expect(await tryWithInstance(actor, { instanceId, request: testRequest })).toMatchObject(notFound)
  expect(await tryWithTypedValues(actor, { ...typedBasic(), request })).toMatchObject(notFound)
  expect(await sandbox.control.getRequests()).toEqual([])
})

describe('the offered choices', () => {
  test('for an endpoint: the instances and methods that it accepts, but none that awaits its authorisation', async () => {
    const other = await secondMethod()
    const accepted = await acmeInstance(acme, method, acmeBasicValues, { name: 'Accepted' })
    await acmeInstance(acme, method, acmeBasicValues, { name: 'Waiting', status: 'awaiting_authorisation' })
    await acmeInstance(acme, other, acmeOAuthValues, { name: 'Other method' })
    const subject = { kind: 'endpoint' as const, endpointId }
    expect(await listTrialInstances(actor, { subject, search: '' })).toMatchObject({
      ok: true,
      value: [{ id: accepted.id, methodId: method.id }],
    })
    expect(await listTrialInstances(actor, { subject, search: 'nothing of it' })).toMatchObject({ ok: true, value: [] })
    const methods = await listTrialMethods(actor, { subject })
    expect(methods.ok && methods.value.map(({ id }) => id)).toEqual([method.id])
  })

  test('for a method: its instances, and typed values only where no person is needed', async () => {
    const oauth = await secondMethod()
    const instance = await acmeInstance(acme, oauth, acmeOAuthValues)
    const subject = { kind: 'method' as const, methodId: oauth.id }
    expect(await listTrialInstances(actor, { subject, search: '' })).toMatchObject({
      ok: true,
      value: [{ id: instance.id }],
    })
    expect(await listTrialMethods(actor, { subject })).toMatchObject({ ok: true, value: [] })
  })

  test('an endpoint says whether a method could send it as its test request', async () => {
    const post = await acmeEndpoint(acme, method, '/orders', { httpMethod: 'POST' })
    expect(await getTrialEndpoint(actor, { endpointId })).toMatchObject({ ok: true, value: { testUrl: '/orders' } })
    expect(await getTrialEndpoint(actor, { endpointId: post.id })).toMatchObject({ ok: true, value: { testUrl: null } })
  })
})

describe('an endpoint with pages', () => {
  async function paged(pagination: object) {
    await systemDb().endpoint.update({ where: { id: endpointId }, data: { url: '/orders?limit=20', pagination } })
  }

  async function pagesWith(send: (page: EndpointTrial['page']) => ReturnType<typeof tryWithInstance>) {
    const ids: string[] = []
    const seen: string[] = []
    let page: EndpointTrial['page'] = null
    for (;;) {
      const report: ExchangeReport = valueOf(await send(page))
      const { response, page: read } = report
      ids.push(...(JSON.parse(response.body) as { orders: { id: string }[] }).orders.map(({ id }) => id))
      if (read!.next.kind === 'end') return { ids, reason: read!.next.reason }
      seen.push(read!.next.key)
      page = { position: read!.next.position, seen }
    }
  }

  test.each([
    ['page number', { type: 'page_number', parameter: 'page' }, 'no_records'],
    ['token', { type: 'next_token', from: '$.next_cursor', parameter: 'cursor' }, 'no_next_page'],
    ['Link header', { type: 'link_header' }, 'no_next_page'],
  ])('is tried page by page by %s, with an instance and with typed values', async (_what, pagination, reason) => {
    await paged(pagination)
    const instance = await acmeInstance(acme, method, acmeBasicValues)
    const withInstance = await pagesWith((page) =>
      tryWithInstance(actor, { instanceId: instance.id, request: { ...orders(), page } }),
    )
    expect(withInstance).toEqual({ ids: expect.any(Array), reason })
    expect(new Set(withInstance.ids).size).toBe(withInstance.ids.length)
    expect(withInstance.ids.length).toBeGreaterThan(40)
    const withTyped = await pagesWith((page) =>
      tryWithTypedValues(actor, { ...typedBasic(), request: { ...orders(), page } }),
    )
    expect(withTyped).toEqual(withInstance)
  })

  test('sends nothing to a host that a response names and the connector does not', async () => {
    await paged({ type: 'next_url', from: '$.next' })
    const instance = await acmeInstance(acme, method, acmeBasicValues)
    const page = { position: { number: 2, value: 'https://evil.test/orders' }, seen: [] }
    const tried = await tryWithInstance(actor, { instanceId: instance.id, request: { ...orders(), page } })
    expect(tried).toMatchObject({ ok: false, error: { code: 'host_not_allowed' } })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  /** A third party that says in every response what `page` returns, and gets the Authorization header of the request. */
  async function pagesOf(page: (authorization: string) => object) {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(page(request.headers.authorization ?? '')))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    acme = await acmeConnector(actor.workspaceId, `http://127.0.0.1:${port}`)
    method = await acmeMethod(acme, 'basic')
    endpointId = (await acmeEndpoint(acme, method, '/orders', { dataPath: '$.orders' })).id
    onTestFinished(() => void server.close())
    return acmeInstance(acme, method, acmeBasicValues)
  }

  test('never shows a secret that a response puts into the URL of the next page', async () => {
    const instance = await pagesOf((authorization) => {
      const [, pair = ''] = authorization.split(' ')
      const password = Buffer.from(pair, 'base64').toString().split(':')[1]
      return { orders: [{ id: 1 }], next: `/orders?after=1&key=${password}` }
    })
    await systemDb().endpoint.update({
      where: { id: endpointId },
      data: { pagination: { type: 'next_url', from: '$.next' } },
    })
    const tried = await tryWithInstance(actor, { instanceId: instance.id, request: orders() })
    expect(tried).toMatchObject({ ok: true, value: { page: { next: { position: { value: '/orders?after=1' } } } } })
    expect(JSON.stringify(tried)).not.toContain(known.basic.password)
  })

  test('ends where an API ignores the page number, with an instance and with typed values', async () => {
    const instance = await pagesOf(() => ({ orders: [{ id: 1 }] }))
    await systemDb().endpoint.update({
      where: { id: endpointId },
      data: { pagination: { type: 'page_number', parameter: 'page' } },
    })
    const expected = { ids: [1, 1], reason: 'same_page' }
    const send = (page: EndpointTrial['page']) =>
      tryWithInstance(actor, { instanceId: instance.id, request: { ...orders(), page } })
    expect(await pagesWith(send)).toEqual(expected)
    const sendTyped = (page: EndpointTrial['page']) =>
      tryWithTypedValues(actor, { ...typedBasic(), request: { ...orders(), page } })
    expect(await pagesWith(sendTyped)).toEqual(expected)
  })

  test('reports no page for a response that is an error', async () => {
    await paged({ type: 'page_number', parameter: 'page' })
    const instance = await acmeInstance(acme, method, { ...acmeBasicValues, password: 'wrong' })
    const tried = await tryWithInstance(actor, { instanceId: instance.id, request: orders() })
    expect(tried).toMatchObject({ ok: true, value: { page: null, response: { status: 401 } } })
  })

  test('sends no page in a call that asks for none', async () => {
    await paged({ type: 'page_number', parameter: 'page' })
    const instance = await acmeInstance(acme, method, acmeBasicValues)
    valueOf(await callEndpoint(actor, { instanceId: instance.id, endpointId, values: {}, filters: {} })).body.resume()
    expect((await sandbox.control.getRequests()).at(-1)?.url).toBe('/orders?limit=20')
  })
})
