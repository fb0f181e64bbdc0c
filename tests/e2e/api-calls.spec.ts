import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { newId } from '@/lib/platform/db/new-id'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { sendRawRequest } from '@/tests/support/raw-request'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** A program calls endpoints with instances, over HTTP, through the server that people run. */

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let authorization: string
/** A third party that says what it received. */
let echo: Server

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Shop in Oslo', 'basic auth')
  const { token, tokenHash } = newToken('pb_')
  await workspace.sql(
    `INSERT INTO "ApiKey" ("id", "workspaceId", "ownerId", "name", "foldedName", "role", "keyHash", "prefix")
     VALUES ($1, $2, $3, 'Nightly export', 'nightly export', 'manager', $4, 'pb_AbCdEf')`,
    [newId(), workspace.workspaceId, workspace.administrator.id, tokenHash],
  )
  authorization = `Bearer ${token}`
  echo = createServer((request, response) => {
    void digestOf(request).then((digest) => {
      response.writeHead(request.url === '/broken' ? 500 : 201, { 'x-digest': digest }).end('received')
    })
  })
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
})

test.afterAll(() => {
  echo.closeAllConnections()
  echo.close()
})

async function digestOf(request: IncomingMessage): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of request as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

type Options = Parameters<typeof sendRawRequest>[1]
const send = (baseURL: string | undefined, path: string, options: Options = {}) =>
  sendRawRequest(`${baseURL}/api/v1${path}`, { ...options, headers: { authorization, ...options?.headers } })
const json = { 'content-type': 'application/json' }
const pathOf = (instanceName: string, endpoint: string) => `/instances/${instanceName}/endpoints/${endpoint}/call`

test('a call returns what the third party sent, and Activity says which key made it', async ({ page, baseURL }) => {
  const called = await send(baseURL, pathOf(instance.id, await acme.endpointId('List orders')), { method: 'POST' })
  expect(called).toMatchObject({
    status: 200,
    headers: { 'patchbay-response': 'third-party', 'patchbay-attempts': '1' },
  })
  expect(JSON.parse(called.text)).toHaveProperty('orders')
  // A call does not wait for its line in the request log, and an open list announces new lines without inserting them.
  await expect
    .poll(() => workspace.sql('SELECT 1 FROM "RequestLog" WHERE "workspaceId" = $1', [workspace.workspaceId]))
    .not.toEqual([])
  await haveSession(page.context(), workspace)
  await page.goto('/activity')
  const line = page.getByRole('row', { name: /List orders/ }).first()
  await expect(line).toContainText('Nightly export')
})

test('a program builds a connector and calls it, with bodies of any size', async ({ baseURL }) => {
  const create = async (path: string, body: object) => {
    const created = await send(baseURL, path, { method: 'POST', headers: json, body: JSON.stringify(body) })
    expect(created.status, created.text).toBe(201)
    return JSON.parse(created.text) as { id: string; key: string; revision: number }
  }
  const { port } = echo.address() as AddressInfo
  const connector = await create('/connectors', {
    name: 'Echo',
    systemType: 'other',
    baseUrl: `http://127.0.0.1:${port}`,
  })
  const path = `/connectors/${connector.key}`
  const method = await create(`${path}/methods`, { name: 'Open', type: 'none' })
  const fields = { entityType: '', direction: 'send', httpMethod: 'PUT' }
  const upload = await create(`${path}/endpoints`, { ...fields, name: 'Upload', url: '/upload' })
  const broken = await create(`${path}/endpoints`, { ...fields, name: 'Broken', url: '/broken' })
  for (const { key } of [upload, broken]) {
    const switched = await send(baseURL, `${path}/endpoints/${key}/methods/${method.key}`, {
      ...{ method: 'PATCH', headers: json, body: '{"enabled":true}' },
    })
    expect(switched.status, switched.text).toBe(200)
  }
  const echoInstance = await create('/instances', {
    ...{ connectorId: connector.key, methodId: method.key, details: { name: 'Echo' }, withoutVerifying: true },
  })

  // More than the framework passes on of a body.
  const body = Buffer.alloc(12_000_000, 'Øre ')
  const digest = createHash('sha256').update(body).digest('hex')
  for (const chunked of [false, true])
    expect(await send(baseURL, pathOf(echoInstance.key, upload.key), { method: 'POST', body, chunked })).toMatchObject({
      status: 201,
      text: 'received',
      headers: { 'x-digest': digest },
    })
  expect(await send(baseURL, pathOf(echoInstance.key, broken.key), { method: 'POST' })).toMatchObject({
    ...{ status: 500, text: 'received', headers: { 'patchbay-response': 'third-party' } },
  })
})

test('a call is refused for another site, another method, an unknown key and an unknown endpoint', async ({
  baseURL,
}) => {
  const path = pathOf(instance.id, await acme.endpointId('List orders'))
  const problem = { 'content-type': 'application/problem+json' }
  const patchbay = { ...problem, 'patchbay-response': 'patchbay' }
  const foreign = { method: 'POST', headers: { origin: 'https://evil.test' } }
  expect(await send(baseURL, path, foreign)).toMatchObject({ status: 403, headers: problem })
  const elsewhere = { method: 'POST', headers: { host: 'evil.test' } }
  expect(await send(baseURL, path, elsewhere)).toMatchObject({ status: 403, headers: problem })
  expect(await send(baseURL, path, { method: 'GET' })).toMatchObject({ status: 405, headers: patchbay })
  const unknown = { method: 'POST', headers: { authorization: `Bearer pb_${'x'.repeat(43)}` } }
  expect(await send(baseURL, path, unknown)).toMatchObject({ status: 401, headers: patchbay })
  expect(await send(baseURL, pathOf(instance.id, 'nothing'), { method: 'POST' })).toMatchObject({
    ...{ status: 404, headers: patchbay },
  })
})
