import { newToken } from '@/lib/platform/crypto/one-way-token'
import { newId } from '@/lib/platform/db/new-id'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { sendRawRequest } from '@/tests/support/raw-request'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** The REST API as a program reaches it: over HTTP, through the server and the framework. */

const workspace = aWorkspace()
let acme: SeededAcme
let authorization: string

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  const { token, tokenHash } = newToken('pb_')
  await workspace.sql(
    `INSERT INTO "ApiKey" ("id", "workspaceId", "ownerId", "name", "foldedName", "role", "keyHash", "prefix")
     VALUES ($1, $2, $3, 'Nightly export', 'nightly export', 'manager', $4, 'pb_AbCdEf')`,
    [newId(), workspace.workspaceId, workspace.administrator.id, tokenHash],
  )
  authorization = `Bearer ${token}`
})

const send = (baseURL: string | undefined, path: string, options: Parameters<typeof sendRawRequest>[1] = {}) =>
  sendRawRequest(`${baseURL}/api/v1${path}`, { ...options, headers: { authorization, ...options.headers } })
const json = { 'content-type': 'application/json' }

test('a program creates a flow, changes it and deletes it, and Activity says that it did', async ({
  page,
  baseURL,
}) => {
  const created = await send(baseURL, '/flows', { method: 'POST', headers: json, body: '{"name":"By a program"}' })
  expect(created.status).toBe(201)
  const { location, etag } = created.headers as Record<string, string>
  const changed = await sendRawRequest(`${baseURL}${location}`, {
    method: 'PATCH',
    headers: { authorization, ...json, 'if-match': etag! },
    body: '{"description":"Every night"}',
  })
  expect(JSON.parse(changed.text)).toMatchObject({ name: 'By a program', description: 'Every night', revision: 2 })
  await haveSession(page.context(), workspace)
  await page.goto('/activity/changes')
  await expect(page.getByRole('row', { name: /By a program/ }).first()).toContainText('Nightly export')
  const deleted = await sendRawRequest(`${baseURL}${location}`, { method: 'DELETE', headers: { authorization } })
  expect(deleted).toMatchObject({ status: 204, text: '' })
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
