import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { Role } from '@/lib/domain/access/roles'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { newId } from '@/lib/platform/db/new-id'
import { seedAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { startKeyProxy } from '@/tests/support/key-proxy'
import { checkConformance, inspect } from '@/tests/support/mcp-programs'
import { compareWithList, notApplicable } from '@/tests/support/mcp-scenarios'
import { sendRawRequest } from '@/tests/support/raw-request'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** The MCP endpoint as agents reach it: over HTTP, through the server and the framework. */

const workspace = aWorkspace()
let partner: SeededInstance

test.beforeAll(async () => {
  const acme = await seedAcme(workspace)
  partner = await acme.addInstance('Acme partner', 'OAuth 2')
})

async function aKey(role: Role, name: string): Promise<string> {
  const { token, tokenHash } = newToken('pb_')
  await workspace.sql(
    `INSERT INTO "ApiKey" ("id", "workspaceId", "ownerId", "name", "foldedName", "role", "keyHash", "prefix")
     VALUES ($1, $2, $3, $4, lower($4), $5::"Role", $6, 'pb_AbCdEf')`,
    [newId(), workspace.workspaceId, workspace.administrator.id, name, role, tokenHash],
  )
  return token
}

async function anAgent(url: string, key: string) {
  const client = new Client({ name: 'agent', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  const requestInit = { headers: { authorization: `Bearer ${key}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL('/api/mcp', url), { requestInit }))
  await client.listTools()
  return async (name: string, input: Record<string, unknown>) => {
    const { content, structuredContent, isError = false } = await client.callTool({ name, arguments: input })
    const [text] = content
    return {
      isError,
      value: (isError && text?.type === 'text' ? JSON.parse(text.text) : structuredContent) as Record<string, unknown>,
    }
  }
}

type Listed = { items: { key: string; name: string; status: string; by: string; outcome: string }[] }

test('an agent finds an instance and an endpoint, calls it, meets a dead grant and reads what to do', async ({
  page,
  baseURL,
}) => {
  const call = await anAgent(baseURL!, await aKey('user', 'Order agent'))
  const { items: instances } = (await call('list_instances', { search: 'partner' })).value as Listed
  expect(instances).toMatchObject([{ name: 'Acme partner', status: 'connected' }])
  const instance = instances[0]!.key
  const { items: endpoints } = (await call('list_instance_endpoints', { instance, search: 'list orders' }))
    .value as Listed
  expect(endpoints).toMatchObject([{ name: 'List orders' }])
  const endpoint = endpoints[0]!.key
  expect((await call('describe_endpoint', { instance, endpoint })).value).toMatchObject({ available: true })

  const called = await call('call_endpoint', { instance, endpoint })
  expect(called).toMatchObject({ isError: false, value: { status: 200, body: expect.stringContaining('"orders"') } })

  await workspace.sandbox.control.revokeGrants()
  expect(await call('call_endpoint', { instance, endpoint })).toMatchObject({
    isError: true,
    value: { code: 'needs_authorising_again', delivery: 'not_sent' },
  })
  const { value: explanation } = await call('explain_instance', { instance })
  expect(explanation).toMatchObject({
    status: 'needs_authorising_again',
    since: expect.stringMatching(/^\d{4}-/),
    reason: expect.stringContaining('invalid_grant'),
    whatToDo: expect.stringContaining(partner.path),
  })
  const { items: log } = (await call('list_requests', { instance })).value as Listed
  expect(log.map(({ by }) => by)).toEqual(log.map(() => 'Order agent'))
  expect(log.map(({ outcome }) => outcome)).toContain('succeeded')
  expect(log.map(({ outcome }) => outcome)).toContain('refused')

  await haveSession(page.context(), workspace)
  await page.goto('/activity')
  await expect(page.getByText('Order agent').first()).toBeVisible()
})

test.describe('conformance', () => {
  test.describe.configure({ timeout: 180_000 })

  for (const [revision, list] of Object.entries(notApplicable))
    test(`every scenario of ${revision} that applies is green`, async ({ baseURL }) => {
      const proxy = await startKeyProxy(baseURL!, await aKey('manager', 'Conformance'))
      const { passed, failed, reasons } = await checkConformance(`${proxy.url}/api/mcp`, revision)
      proxy.close()
      expect(compareWithList(failed, list), reasons.join('\n')).toEqual({ unexpected: [], outdated: [] })
      expect(passed).toContain('tools-list: tools-list')
      expect(passed).toContain('dns-rebinding-protection: localhost-host-rebinding-rejected')
    })
})

test('the inspector lists the tools and calls one', async ({ baseURL }) => {
  const [url, key] = [`${baseURL}/api/mcp`, await aKey('user', 'Inspector')]
  const { tools } = (await inspect(url, key, ['--method', 'tools/list'])) as { tools: { name: string }[] }
  expect(tools.map(({ name }) => name)).toContain('list_connectors')
  const called = ['--method', 'tools/call', '--tool-name', 'list_connectors', '--tool-arg', 'search=acme']
  expect(await inspect(url, key, called)).toMatchObject({
    structuredContent: { total: 1, items: [{ name: 'Acme Commerce' }] },
  })
})

test('pages of other sites are refused, whatever the method, and so is a body that is too large', async ({
  baseURL,
}) => {
  const authorization = `Bearer ${await aKey('user', 'Elsewhere')}`
  const send = (method: string, headers: Record<string, string>, body?: string) =>
    sendRawRequest(`${baseURL}/api/mcp`, { method, headers: { authorization, ...headers }, body })
  const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  const ask = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
  for (const method of ['GET', 'POST', 'DELETE'])
    for (const from of [{ origin: 'https://evil.test' }, { host: 'evil.test' }] as Record<string, string>[])
      expect(await send(method, { ...json, ...from }, method === 'POST' ? ask : undefined)).toMatchObject({
        status: 403,
        headers: { 'content-type': 'application/problem+json' },
      })
  expect((await send('POST', json, ask)).status).toBe(200)
  expect((await send('POST', json, JSON.stringify({ large: 'x'.repeat(3_000_000) }))).status).toBe(413)
  expect(await sendRawRequest(`${baseURL}/api/mcp`, { method: 'POST', headers: json, body: ask })).toMatchObject({
    status: 401,
    headers: { 'www-authenticate': 'Bearer realm="Patchbay"' },
  })
})
