import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { addApiKey } from '@/tests/support/add-api-key'
import { anInstallation, expect, test } from '@/tests/support/installation'
import { sendRawRequest } from '@/tests/support/raw-request'

/**
 * Programs and agents use two processes of one installation: a change that one has committed is in force in the other
 * for the next request (rules R3 and R9). Each test lets the other process remember what it will have to forget.
 */

const installation = anInstallation({ processes: 2 })
let administratorKey: string
/** The credentials that the third party has received. */
let received: (string | undefined)[]
let thirdParty: Server
let connector: Made & { path: string }
let method: Made
let endpoint: Made
let instance: Made

type Made = { id: string; key: string; revision: number }
type Process = 'A' | 'B'

const json = { 'content-type': 'application/json' }
const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
const urlOf = (process: Process) => installation.processes[process === 'A' ? 0 : 1]!.url

function send(
  process: Process,
  verb: string,
  path: string,
  options: { key?: string; body?: object; revision?: number },
) {
  const { key = administratorKey, body, revision } = options
  return sendRawRequest(`${urlOf(process)}/api/v1${path}`, {
    method: verb,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body && json),
      ...(revision !== undefined && { 'if-match': `"${revision}"` }),
    },
    body: body && JSON.stringify(body),
  })
}

async function done(status: number, ...request: Parameters<typeof send>): Promise<Made> {
  const answer = await send(...request)
  expect(answer.status, answer.text).toBe(status)
  return JSON.parse(answer.text || 'null') as Made
}

const create = (path: string, body: object) => done(201, 'A', 'POST', path, { body })

async function call(process: Process, key?: string) {
  received = []
  const path = `/instances/${instance.key}/endpoints/${endpoint.key}/call`
  const { status, headers, text } = await send(process, 'POST', path, { key })
  const by = headers['patchbay-response']
  return { status, by, code: by === 'patchbay' ? (JSON.parse(text) as { code: string }).code : null, received }
}

const accepted = { status: 200, by: 'third-party', received: [basic('shop', 'first')] }
const refused = (status: number, code: string) => ({ status, by: 'patchbay', code, received: [] })

test.beforeAll(async () => {
  administratorKey = await addApiKey(installation, 'administrator')
  thirdParty = createServer((request, response) => {
    received.push(request.headers.authorization)
    response.end('received')
  })
  await new Promise<void>((resolve) => thirdParty.listen(0, '127.0.0.1', resolve))
})

test.afterAll(() => {
  thirdParty.closeAllConnections()
  thirdParty.close()
})

test.beforeEach(async ({}, { title }) => {
  const { port } = thirdParty.address() as AddressInfo
  const made = await create('/connectors', {
    ...{ name: title.slice(0, 60), systemType: 'other', baseUrl: `http://127.0.0.1:${port}` },
  })
  const path = `/connectors/${made.key}`
  connector = { ...made, path }
  method = await create(`${path}/methods`, { name: 'Basic', type: 'basic' })
  endpoint = await create(`${path}/endpoints`, {
    ...{ name: 'Orders', entityType: '', direction: 'send', httpMethod: 'POST', url: '/orders' },
  })
  await done(200, 'A', 'PATCH', `${path}/endpoints/${endpoint.key}/methods/${method.key}`, { body: { enabled: true } })
  instance = await create('/instances', {
    ...{ connectorId: connector.key, methodId: method.key, details: { name: title.slice(0, 60) } },
    ...{ values: { username: 'shop', password: 'first' }, withoutVerifying: true },
  })
})

test('an enablement that one switches off refuses calls of the other, and on again admits them (rule R1)', async () => {
  const path = `${connector.path}/endpoints/${endpoint.key}/methods/${method.key}`
  expect(await call('B')).toMatchObject(accepted)
  await done(200, 'A', 'PATCH', path, { body: { enabled: false } })
  expect(await call('B')).toEqual(refused(409, 'endpoint_not_available'))
  await done(200, 'A', 'PATCH', path, { body: { enabled: true } })
  expect(await call('B')).toMatchObject(accepted)
})

test('a key that one revokes is refused by the other', async () => {
  const body = { name: 'To revoke', role: 'user' }
  const { id, key } = (await create('/api-keys', body)) as Made & { key: string }
  expect(await call('B', key)).toMatchObject(accepted)
  await send('A', 'POST', `/api-keys/${id}/revoke`, {})
  expect(await call('B', key)).toEqual(refused(401, 'not_signed_in'))
})

test('credentials that one replaces are sent by the next call of the other', async () => {
  expect(await call('B')).toMatchObject(accepted)
  const { revision } = await done(200, 'B', 'GET', `/instances/${instance.key}`, {})
  const body = { values: { password: 'second' }, intent: 'save_without_verifying' }
  await done(200, 'A', 'PATCH', `/instances/${instance.key}`, { body, revision })
  expect(await call('B')).toMatchObject({ status: 200, received: [basic('shop', 'second')] })
})

test('an origin that one withdraws gets no request of the other', async () => {
  expect(await call('B')).toMatchObject(accepted)
  const { revision } = await done(200, 'B', 'GET', connector.path, {})
  const { port } = thirdParty.address() as AddressInfo
  // Another origin of the same server, which an administrator would have to confirm.
  await done(200, 'A', 'PATCH', connector.path, { body: { baseUrl: `http://localhost:${port}` }, revision })
  expect(await call('B')).toEqual(refused(409, 'origin_not_confirmed'))
})

test('an agent continues a list of one at the other, which refuses its key as soon as it is revoked', async () => {
  const connect = async (process: Process, key: string) => {
    const client = new Client({ name: 'agent', version: '1' }, { versionNegotiation: { mode: 'auto' } })
    const requestInit = { headers: { authorization: `Bearer ${key}` } }
    await client.connect(new StreamableHTTPClientTransport(new URL('/api/mcp', urlOf(process)), { requestInit }))
    return async (cursor?: string) => {
      const input = { search: 'Page', ...(cursor && { cursor }) }
      const { structuredContent } = await client.callTool({ name: 'list_connectors', arguments: input })
      return structuredContent as { items: { name: string }[]; nextCursor: string | null; total: number }
    }
  }
  const names = Array.from({ length: 60 }, (_, index) => `Page ${String(index).padStart(2, '0')}`)
  for (const name of names) await create('/connectors', { name, systemType: 'other' })
  const { id, key } = (await create('/api-keys', { name: 'Agent', role: 'user' })) as Made & { key: string }
  const [atA, atB] = [await connect('A', key), await connect('B', key)]
  const first = await atA()
  expect(first).toMatchObject({ total: 60, nextCursor: expect.any(String) })
  const listed = [...first.items]
  for (let { nextCursor: cursor } = first, isB = true; cursor !== null; isB = !isB) {
    const page = await (isB ? atB : atA)(cursor)
    listed.push(...page.items)
    cursor = page.nextCursor
  }
  expect(listed.map(({ name }) => name)).toEqual(names)

  await send('A', 'POST', `/api-keys/${id}/revoke`, {})
  await expect(atB(first.nextCursor!)).rejects.toThrow()
  const asked = await sendRawRequest(`${urlOf('B')}/api/mcp`, {
    method: 'POST',
    headers: { ...json, accept: 'application/json, text/event-stream', authorization: `Bearer ${key}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  })
  expect(asked).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer realm="Patchbay"' } })
})
