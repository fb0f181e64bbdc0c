import { addApiKey } from '@/tests/support/add-api-key'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { sendRawRequest } from '@/tests/support/raw-request'
import { haveSession } from '@/tests/support/session'
import { startValidatingProxy, type ValidatingProxy } from '@/tests/support/validating-proxy'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/**
 * The REST API as a program reaches it: over HTTP, through the server and the framework. What our document describes goes
 * through Prism, which refuses requests and responses that differ from it. What the document leaves out goes directly:
 * damaged requests, other hosts and origins, HEAD, and the document itself.
 */

const workspace = aWorkspace()
let acme: SeededAcme
let authorization: string
let documented: ValidatingProxy

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  authorization = `Bearer ${await addApiKey(workspace)}`
  documented = await startValidatingProxy(workspace.url)
})
test.afterEach(() => expect(documented.violations()).toEqual([]))
test.afterAll(() => documented?.close())

/** As the document describes it. */
const ask = async (path: string, options: Parameters<typeof sendRawRequest>[1] = {}) => {
  const answer = await sendRawRequest(`${documented.url}${path}`, {
    ...options,
    headers: { authorization, ...options.headers },
  })
  return { ...answer, body: answer.text === '' ? null : (JSON.parse(answer.text) as Record<string, unknown>) }
}
const send = (baseURL: string | undefined, path: string, options: Parameters<typeof sendRawRequest>[1] = {}) =>
  sendRawRequest(`${baseURL}/api/v1${path}`, { ...options, headers: { authorization, ...options.headers } })
const json = { 'content-type': 'application/json' }

test('a program creates a flow, changes it and deletes it, and Activity says that it did', async ({ page }) => {
  const created = await ask('/flows', { method: 'POST', headers: json, body: '{"name":"By a program"}' })
  expect(created.status).toBe(201)
  const { location, etag } = created.headers as Record<string, string>
  const path = location!.slice('/api/v1'.length)
  const changed = await ask(path, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json', 'if-match': etag! },
    body: '{"description":"Every night"}',
  })
  expect(changed.body).toMatchObject({ name: 'By a program', description: 'Every night', revision: 2 })
  await haveSession(page.context(), workspace)
  await page.goto('/activity/changes')
  await expect(page.getByRole('row', { name: /By a program/ }).first()).toContainText('Nightly export')
  const deleted = await ask(path, { method: 'DELETE' })
  expect(deleted).toMatchObject({ status: 204, text: '' })
})

test('a program builds a connector, and finds out what an instance may call', async () => {
  const connector = await ask('/connectors', {
    method: 'POST',
    headers: { ...json, 'idempotency-key': 'connector' },
    body: '{"name":"Shop","systemType":"ecommerce","baseUrl":"https://api.shop.test"}',
  })
  expect(connector).toMatchObject({ status: 201, body: { key: 'shop' } })
  const method = await ask('/connectors/shop/methods', {
    method: 'POST',
    headers: json,
    body: '{"name":"basic auth","type":"basic"}',
  })
  expect(method).toMatchObject({ status: 201 })
  const endpoints = await ask('/connectors/shop/endpoints/bulk', {
    method: 'POST',
    headers: { ...json, 'idempotency-key': 'endpoints' },
    body: JSON.stringify({
      entityType: 'Orders',
      methodIds: [method.body!.id],
      endpoints: [{ name: 'List orders', direction: 'receive', httpMethod: 'GET', url: '/orders', variables: [] }],
    }),
  })
  expect(endpoints).toMatchObject({ status: 200, body: { created: 1 } })
  for (const path of ['', '/methods', '/endpoints', '/enablements', '/variables', '/origins', '/parameters'])
    expect((await ask(`/connectors/shop${path}`)).status, path).toBe(200)

  const instance = await acme.addInstance('Acme UK', 'basic auth')
  for (const path of ['', '/endpoints', '/timeline'])
    expect((await ask(`/instances/${instance.id}${path}`)).status).toBe(200)
  for (const path of ['/instances', '/flows', '/connectors', '/requests', '/presets'])
    expect((await ask(path)).status, path).toBe(200)
  const stale = await ask('/connectors/shop', {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json', 'if-match': '"99"' },
    body: '{"description":"x"}',
  })
  expect(stale).toMatchObject({ status: 412, body: { code: 'changed_by_someone_else' } })
})

test('a response is complete, uncompressed and never cached, and HEAD has no body', async ({ baseURL }) => {
  const answer = await send(baseURL, `/connectors/${acme.connectorId}`, { headers: { 'accept-encoding': 'gzip, br' } })
  expect(answer.headers['content-encoding']).toBeUndefined()
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store, no-transform',
    'x-content-type-options': 'nosniff',
  })
  expect(answer.headers.etag).toMatch(/^"\d+"$/)
  const head = await send(baseURL, `/connectors/${acme.connectorId}`, { method: 'HEAD' })
  expect(head).toMatchObject({ status: 200, text: '' })
})

test('the OpenAPI document is served without a key', async ({ baseURL }) => {
  const { status, text } = await sendRawRequest(`${baseURL}/api/v1/openapi.json`)
  expect(status).toBe(200)
  expect(Object.keys((JSON.parse(text) as { paths: object }).paths)).toContain('/instances/{instanceId}/endpoints')
})

test.describe('what is refused before the API sees it is a problem too', () => {
  const problem = { 'content-type': 'application/problem+json' }

  test('another host, another origin and a method that does not exist', async ({ baseURL }) => {
    const elsewhere = await send(baseURL, '/flows', { headers: { host: 'evil.test' } })
    expect(elsewhere).toMatchObject({ status: 403, headers: problem })
    const foreign = await send(baseURL, '/flows', {
      method: 'POST',
      headers: { ...json, origin: 'https://evil.test' },
      body: '{"name":"Foreign"}',
    })
    expect(foreign).toMatchObject({ status: 403, headers: problem })
    expect(JSON.parse(foreign.text)).toMatchObject({ code: 'not_allowed', status: 403 })
    expect((await send(baseURL, '/flows', { method: 'TRACE' })).status).toBe(405)
    expect(await send(baseURL, '/flows', { method: 'PUT' })).toMatchObject({ status: 405, headers: problem })
  })

  test('an address that does not exist, or is damaged', async ({ baseURL }) => {
    expect(await send(baseURL, '/nothing')).toMatchObject({ status: 404, headers: problem })
    expect((await send(baseURL, '', { target: '/api/v1/%zz' })).status).toBe(400)
    expect(await send(baseURL, '/flows/..%2f..%2fflows')).toMatchObject({ status: 404, headers: problem })
  })

  test('a body that is too large, with and without its length', async ({ baseURL }) => {
    const body = JSON.stringify({ name: 'x'.repeat(3_000_000) })
    for (const chunked of [false, true])
      expect(await send(baseURL, '/flows', { method: 'POST', headers: json, body, chunked })).toMatchObject({
        status: 413,
        headers: problem,
      })
  })

  test('no key, and a page of this installation without a session', async ({ baseURL }) => {
    const answer = await sendRawRequest(`${baseURL}/api/v1/flows`)
    expect(answer).toMatchObject({
      status: 401,
      headers: { ...problem, 'www-authenticate': 'Bearer realm="Patchbay"' },
    })
  })
})

test('other sites cannot read the API: it allows no origin', async ({ baseURL }) => {
  const answer = await send(baseURL, '/flows', { headers: { origin: 'https://evil.test' } })
  expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  const preflight = await sendRawRequest(`${baseURL}/api/v1/flows`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.test', 'access-control-request-method': 'POST' },
  })
  expect(preflight.headers['access-control-allow-origin']).toBeUndefined()
})
