import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { answerMcp } from '@/lib/mcp/answer-mcp'
import { systemDb } from '@/lib/platform/db/client'
import { encodeSession, sessionCookieName } from '@/lib/platform/session/cookie'
import { aClient, anAgent, mcpUrl } from '@/tests/support/agent'
import { sendWith } from '@/tests/support/api-program'
import { anApiKey } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** The endpoint itself: who may use it, which revisions it speaks, and what it refuses before any tool. */

await testDatabase()

let owner: PersonActor
beforeEach(async () => {
  owner = await anActor('administrator')
})

type Sent = { method?: string; body?: string; headers?: Record<string, string> }

function send(authorization: string | null, { method = 'POST', body, headers = {} }: Sent = {}): Promise<Response> {
  return answerMcp(
    new Request(mcpUrl, {
      method,
      headers: {
        ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        ...(authorization !== null && { authorization }),
        ...headers,
      },
      ...(method === 'POST' && { body: body ?? JSON.stringify(listTools(1)) }),
    }),
  )
}

const listTools = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/list', params: {} })

describe('the revisions', () => {
  test.each([
    ['2026-07-28', { mode: 'auto' }],
    ['2025-11-25', { mode: 'legacy' }],
  ] as const)('%s is spoken', async (revision, versionNegotiation) => {
    const agent = await anAgent(owner, { role: 'user' }, { versionNegotiation })
    expect(agent.client.getNegotiatedProtocolVersion()).toBe(revision)
    expect(agent.client.getServerVersion()).toMatchObject({ name: 'patchbay', title: 'Patchbay' })
    expect(agent.client.getInstructions()).toContain('list_instances')
    expect(await agent.toolNames()).toContain('call_endpoint')
    expect((await agent.call('list_instances')).value).toEqual({ items: [], total: 0, nextCursor: null })
  })

  test('every tool says what it does to the world', async () => {
    const { tools } = await (await anAgent(owner, { role: 'administrator' })).client.listTools()
    const hints = Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations]))
    for (const name of ['call_endpoint', 'propose_enablement_change'])
      expect(hints[name]).toMatchObject({ readOnlyHint: false, destructiveHint: true })
    expect(hints.check_instance).toMatchObject({ readOnlyHint: false, destructiveHint: false, openWorldHint: true })
    expect(hints.call_endpoint).toMatchObject({ idempotentHint: false, openWorldHint: true })
    const others = tools.filter(({ name }) => /^(list|describe|explain)_/.test(name))
    expect(others).toHaveLength(8)
    for (const { annotations } of others)
      expect(annotations).toEqual({
        ...{ readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      })
    for (const { name, title, description, outputSchema } of tools) {
      expect([name, title, description?.length]).toEqual([name, expect.any(String), expect.any(Number)])
      expect(outputSchema).toMatchObject({ type: 'object', additionalProperties: false })
    }
  })

  test('nothing is kept open: neither a stream nor a session', async () => {
    const { key } = await anApiKey(owner)
    for (const method of ['GET', 'DELETE']) expect((await send(`Bearer ${key}`, { method })).status).toBe(405)
    const response = await send(`Bearer ${key}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('mcp-session-id')).toBeNull()
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
  })
})

describe('who may use it', () => {
  test.each([
    ['nobody', null],
    ['a text that is no key', 'Bearer hello'],
    ['a key that does not exist', `Bearer pb_${'x'.repeat(43)}`],
    ['another scheme', 'Basic cGI6cGI='],
  ])('%s is refused with a challenge, in the words of the API', async (_who, authorization) => {
    const response = await send(authorization)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('Bearer')
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const rest = await sendWith(authorization, 'GET', '/instances')
    expect(await response.json()).toEqual(rest.body)
  })

  test('a key that was revoked or has expired, or whose owner left, is refused from the next request on', async () => {
    const agent = await anAgent(owner, { role: 'user' })
    expect((await agent.call('list_instances')).refusal).toBeNull()
    await systemDb().apiKey.update({ where: { id: agent.keyId }, data: { revokedAt: new Date() } })
    await expect(agent.call('list_instances')).rejects.toMatchObject({ status: 401 })
    const expired = await anApiKey(owner, { expiresAt: new Date(Date.now() - 1_000) })
    await expect(aClient(expired.key)).rejects.toMatchObject({ status: 401 })
    const left = await anActor('user')
    const { key } = await anApiKey(left)
    await systemDb().membership.deleteMany({ where: { userId: left.userId } })
    await expect(aClient(key)).rejects.toMatchObject({ status: 401 })
  })

  test('a session is not accepted: a page cannot use the tools of the person who opened it', async () => {
    const { sessionId, userId, workspaceId } = owner
    const cookie = `${sessionCookieName()}=${await encodeSession({ sessionId, userId, workspaceId })}`
    expect((await sendWith(null, 'GET', '/instances', { headers: { cookie } })).status).toBe(200)
    expect((await send(null, { headers: { cookie, origin: 'http://localhost:3000' } })).status).toBe(401)
  })
})

describe('what is refused before any tool', () => {
  test('a body that is too large, or not JSON', async () => {
    const { key } = await anApiKey(owner)
    const large = await send(`Bearer ${key}`, { body: JSON.stringify({ ...listTools(1), x: 'x'.repeat(2_100_000) }) })
    expect([large.status, await large.json()]).toEqual([413, expect.objectContaining({ code: 'request_too_large' })])
    const damaged = await send(`Bearer ${key}`, { body: '{"jsonrpc":' })
    expect([damaged.status, await damaged.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.objectContaining({ code: -32_700 }) }),
    ])
    expect((await send(`Bearer ${key}`, { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  })

  test('a tool that does not exist is an error of the protocol', async () => {
    const agent = await anAgent(owner)
    await expect(agent.call('delete_everything')).rejects.toMatchObject({ code: -32_602 })
    for (const name of ['__proto__', 'constructor'])
      await expect(agent.call(name)).rejects.toMatchObject({ code: -32_602 })
  })

  test('a refusal is short, whatever the name that it quotes', async () => {
    const agent = await anAgent(owner)
    const name = 'x'.repeat(1_000_000)
    expect((await agent.call('list_instances', { [name]: 1 })).text.length).toBeLessThan(2_000)
    await expect(agent.call(name)).rejects.toMatchObject({ message: expect.stringMatching(/^.{1,200}$/) })
  })

  test('a stream of changes is not offered', async () => {
    const agent = await anAgent(owner)
    expect(agent.client.getServerCapabilities()).toEqual({ tools: { listChanged: false } })
  })
})

describe('the rate limit', () => {
  test('is that of the API, and counts every message of a batch', async () => {
    const { key } = await anApiKey(owner)
    const first = await send(`Bearer ${key}`)
    const left = (response: Response) => Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1])
    const before = left(first)
    const rest = await sendWith(`Bearer ${key}`, 'GET', '/instances')
    expect(Number(/r=(\d+)/.exec(rest.headers.get('ratelimit') ?? '')?.[1])).toBe(before - 1)
    const batch = await send(`Bearer ${key}`, { body: JSON.stringify([1, 2, 3].map(listTools)) })
    expect(left(batch)).toBe(before - 4)
    const tooMany = await send(`Bearer ${key}`, {
      body: JSON.stringify(Array.from({ length: before }, (_, id) => listTools(id))),
    })
    expect(tooMany.status).toBe(429)
    expect(tooMany.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await tooMany.json()).toMatchObject({ code: 'too_many_attempts' })
  })
})
