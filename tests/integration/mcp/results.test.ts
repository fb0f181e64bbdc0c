import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { mostResultBytes } from '@/lib/mcp/result'
import { systemDb } from '@/lib/platform/db/client'
import { flushRequestLog } from '@/lib/request-log/record'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anAgent, type Agent } from '@/tests/support/agent'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer, type TestServer } from '@/tests/support/servers'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** What tools return: short, complete page by page, without secrets, and logged as the key’s. */

await testDatabase()

let owner: PersonActor
let agent: Agent
let answer: (path: string) => { status?: number; headers?: Record<string, string>; body: string | Buffer }

beforeEach(async () => {
  owner = await anActor('manager')
  agent = await anAgent(owner, { role: 'manager', name: 'Order agent' })
  await agent.toolNames()
  answer = () => ({ body: '{"orders":[]}' })
})

async function aShop() {
  const server: TestServer = await anHttpServer((request, response) => {
    const { status = 200, headers = {}, body } = answer(request.url!)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
  const acme = await acmeConnector(owner.workspaceId, server.url)
  const method = await acmeMethod(acme, 'basic')
  const instance = await acmeInstance(acme, method, acmeBasicValues, { name: 'Acme UK' })
  const endpoint = await acmeEndpoint(acme, method, '/orders/{{ order }}')
  const owned = { workspaceId: owner.workspaceId, connectorId: acme.connectorId, endpointId: endpoint.id }
  await systemDb().variable.create({
    data: { ...owned, level: 'endpoint', key: 'order', displayName: 'Order', required: true },
  })
  for (const place of ['url', 'header'] as const)
    await systemDb().parameter.create({ data: { ...owned, place, key: 'state', value: '', required: false } })
  return { server, acme, method, instance, endpoint, called: { instance: instance.key, endpoint: endpoint.key } }
}

const values = { order: '42' }
const idOf = (place: 'url' | 'header') =>
  systemDb()
    .parameter.findFirstOrThrow({ where: { workspaceId: owner.workspaceId, place } })
    .then(({ id }) => id)

describe('call_endpoint', () => {
  test('sends what describe_endpoint asks for, and returns the response', async () => {
    const { called, server } = await aShop()
    const { value: needs } = await agent.call('describe_endpoint', called)
    expect(needs).toMatchObject({
      ...{ available: true, httpMethod: 'GET', url: '/orders/{{ order }}' },
      variables: [{ key: 'order', label: 'Order', required: true }],
      filters: [{ key: 'state' }, { key: 'state' }],
    })
    answer = () => ({
      headers: { etag: '"7"', 'set-cookie': 'session=abc', 'x-powered-by': 'Acme' },
      body: '{"id":42}',
    })
    const { value } = await agent.call('call_endpoint', { ...called, values, filters: { [await idOf('url')]: 'open' } })
    expect(value).toMatchObject({
      status: 200,
      statusText: '200 OK',
      body: '{"id":42}',
      bodyBytes: 9,
      truncated: false,
    })
    expect(value.headers).toContainEqual({ name: 'etag', value: '"7"' })
    expect(JSON.stringify(value.headers)).not.toMatch(/set-cookie|x-powered-by/)
    expect(server.seen.at(-1)).toMatchObject({ method: 'GET', url: '/orders/42?state=open' })
  })

  test('sends a body of the agent as it is, and values as plain text', async () => {
    const { called, server, endpoint } = await aShop()
    await systemDb().endpoint.update({ where: { id: endpoint.id }, data: { httpMethod: 'POST', bodyFormat: 'json' } })
    const body = '{"note":"{{ order }} [[payload.id]]"}'
    const given = { values: { order: '[[payload.id]]' }, body, contentType: 'application/vnd.acme+json' }
    expect((await agent.call('call_endpoint', { ...called, ...given })).value).toMatchObject({ status: 200 })
    expect(server.seen).toMatchObject([
      {
        ...{ method: 'POST', url: `/orders/${encodeURIComponent('[[payload.id]]')}`, body },
        headers: { 'content-type': 'application/vnd.acme+json' },
      },
    ])
  })

  test('refuses values that the endpoint does not have, and says which it has', async () => {
    const { called, server } = await aShop()
    const refusalOf = async (input: object) => (await agent.call('call_endpoint', { ...called, ...input })).refusal
    expect(await refusalOf({ values: { ordr: '42' } })).toMatchObject({
      ...{ code: 'unknown_variable', field: 'values.ordr' },
      message: 'This endpoint has no variable “ordr”. Its variables: order.',
    })
    expect(await refusalOf({ values, filters: { state: 'open' } })).toMatchObject({
      ...{ code: 'invalid_input', field: 'filters.state' },
      message: 'Several of this endpoint’s optional parameters have the key “state”. Use the ID.',
    })
    expect(await refusalOf({})).toMatchObject({ code: 'missing_value' })
    expect(server.seen).toEqual([])
  })

  test('is not offered, and refused, for an endpoint that does not accept the method (rule R1)', async () => {
    const { acme, called, server } = await aShop()
    const { key: other } = await acmeEndpoint(acme, null, '/refunds')
    const { value } = await agent.call('list_instance_endpoints', { instance: called.instance })
    expect(value).toMatchObject({ items: [{ key: called.endpoint }], offered: 1, hidden: 1 })
    expect((await agent.call('describe_endpoint', { ...called, endpoint: other })).value).toMatchObject({
      available: false,
    })
    const refused = await agent.call('call_endpoint', { ...called, endpoint: other })
    expect(refused.refusal).toMatchObject({ code: 'endpoint_not_available', delivery: 'not_sent' })
    expect(server.seen).toEqual([])
  })

  test('is logged as made by the key, and changes the health of the instance', async () => {
    const { called, instance } = await aShop()
    answer = () => ({ status: 401, body: '{"error":"bad credentials"}' })
    const { value } = await agent.call('call_endpoint', { ...called, values })
    expect(value).toMatchObject({ status: 401, concern: expect.stringContaining('rejected the credentials') })
    const line = await systemDb().requestLog.findFirstOrThrow({ where: { instanceId: instance.id } })
    expect(line).toMatchObject({ actorKind: 'api_key', actorId: agent.keyId, actorLabel: 'Order agent' })
    expect(value.logged).toEqual({ id: line.id, at: line.at.toISOString() })
    const { value: found } = await agent.call('list_instances', { search: 'acme uk' })
    expect(found.items).toMatchObject([{ id: instance.id, status: 'failing' }])
    const { value: log } = await agent.call('list_requests', { instance: instance.key, status: '4xx' })
    expect(log).toMatchObject({ total: 1, items: [{ id: line.id, status: 401, by: 'Order agent' }] })
  })

  test('shows no credential, also where the third party repeats it', async () => {
    const { called } = await aShop()
    const basic = Buffer.from(`${acmeBasicValues.username}:${acmeBasicValues.password}`).toString('base64')
    answer = () => ({
      headers: { etag: `"${acmeBasicValues.password}"`, location: `/next?auth=${basic}` },
      body: JSON.stringify({ you_sent: `Basic ${basic}`, password: acmeBasicValues.password }),
    })
    const { text, value } = await agent.call('call_endpoint', { ...called, values })
    const logged = await agent.call('describe_request', value.logged as object)
    expect(logged.value).toMatchObject({ status: 200, bodiesKept: true })
    for (const shown of [text, logged.text])
      for (const secret of [acmeBasicValues.password, basic]) expect(shown).not.toContain(secret)
  })
})

describe('no result is longer than an agent can read', () => {
  test.each([
    ['of plain text', 'x'],
    ['of text that JSON escapes', '"'],
    ['of characters with several bytes', '€'],
    ['of emoji', '👍'],
  ])('10 MB %s', async (_what, character) => {
    const { called } = await aShop()
    const body = Buffer.from(character.repeat(Math.floor(10_000_000 / Buffer.byteLength(character))))
    answer = () => ({ headers: { 'content-type': 'text/plain' }, body })
    const { value, bytes } = await agent.call('call_endpoint', { ...called, values })
    expect(bytes).toBeLessThan(mostResultBytes + 1_024)
    expect(bytes).toBeGreaterThan(mostResultBytes / 2)
    expect(value).toMatchObject({ truncated: true, bodyBytes: body.length })
    expect((value.body as string).isWellFormed()).toBe(true)
    expect(value.nextOffset).toBe((value.body as string).length)
  })

  test('what was cut is read on in the log, and together it is what came', async () => {
    const { called } = await aShop()
    const body = JSON.stringify({ lines: Array.from({ length: 3_000 }, (_, index) => `"${index}"`) })
    answer = () => ({ body })
    const { value } = await agent.call('call_endpoint', { ...called, values })
    let text = value.body as string
    let offset = value.nextOffset as number | null
    while (offset !== null) {
      const { value: part, bytes } = await agent.call('describe_request', { ...(value.logged as object), offset })
      expect(bytes).toBeLessThan(mostResultBytes + 1_024)
      text += part.responseBody as string
      offset = part.nextOffset as number | null
    }
    expect(text).toBe(body)
  })

  test('an endpoint with many long fields, and a response with many headers', async () => {
    const { acme, called, endpoint } = await aShop()
    const owned = { workspaceId: owner.workspaceId, connectorId: acme.connectorId, endpointId: endpoint.id }
    const helpText = '"€'.repeat(500)
    const numbers = Array.from({ length: 100 }, (_, number) => number)
    await systemDb().variable.createMany({
      data: numbers.map((number) => ({ ...owned, level: 'endpoint', key: `v${number}`, displayName: 'V', helpText })),
    })
    await systemDb().parameter.createMany({
      data: numbers.map((number) => ({
        ...{ ...owned, place: 'url', key: `f${number}`, value: '', required: false },
        helpText,
      })),
    })
    await systemDb().endpoint.update({ where: { id: endpoint.id }, data: { body: '"€'.repeat(50_000) } })
    const described = await agent.call('describe_endpoint', called)
    expect(described.bytes).toBeLessThan(mostResultBytes + 1_024)
    const { variables, filters, more } = described.value as { variables: unknown[]; filters: unknown[]; more: number }
    expect(variables.length + filters.length + more).toBe(203)
    expect(described.value).toMatchObject({ bodyTruncated: true, bodyTemplate: expect.stringContaining('€') })

    await systemDb().endpoint.update({ where: { id: endpoint.id }, data: { body: '' } })
    const many = numbers.slice(0, 60).map((number) => [`x-ratelimit-${number}`, '"'.repeat(200)])
    answer = () => ({ headers: Object.fromEntries(many), body: 'x'.repeat(200_000) })
    const response = await agent.call('call_endpoint', { ...called, values })
    expect(response.bytes).toBeLessThan(mostResultBytes + 1_024)
    expect((await agent.call('describe_request', response.value.logged as object)).bytes).toBeLessThan(
      mostResultBytes + 1_024,
    )
  })

  test('lists are paged, also where a page of the operation is too long, and nothing is left out', async () => {
    const { acme, method } = await aShop()
    const reason = '"€'.repeat(300)
    for (let number = 0; number < 60; number += 1) {
      const { id } = await acmeInstance(
        acme,
        method,
        {},
        { name: `Shop ${String(number).padStart(2, '0')} ${'"€'.repeat(80)}` },
      )
      await systemDb().instance.update({ where: { id }, data: { statusReason: reason, labels: ['€"'.repeat(30)] } })
    }
    const names: string[] = []
    let cursor = ''
    let pages = 0
    do {
      const { value, bytes } = await agent.call('list_instances', { search: 'shop', cursor })
      expect(bytes).toBeLessThan(mostResultBytes)
      expect(value.total).toBe(60)
      names.push(...(value.items as { name: string }[]).map(({ name }) => name.slice(0, 7)))
      cursor = (value.nextCursor as string | null) ?? ''
      pages += 1
    } while (cursor !== '')
    expect(names).toEqual(Array.from({ length: 60 }, (_, number) => `Shop ${String(number).padStart(2, '0')}`))
    expect(pages).toBeGreaterThan(2)
    expect((await agent.call('list_instances', { cursor: 'nonsense' })).refusal).toMatchObject({ field: 'cursor' })
  })
})

describe('explain_instance', () => {
  test('says in at most 2 KB why it fails, also where every text is long', async () => {
    const { called, instance, acme } = await aShop()
    const long = (text: string) => `${text} ${'"€\n'.repeat(150)}`.slice(0, 190)
    await systemDb().connector.update({ where: { id: acme.connectorId }, data: { name: long('Acme') } })
    answer = () => ({ status: 401, body: JSON.stringify({ message: long('No').repeat(20) }) })
    await agent.call('call_endpoint', { ...called, values })
    await flushRequestLog()
    await systemDb().instance.update({
      where: { id: instance.id },
      data: { name: long('Acme UK'), foldedName: foldName(long('Acme UK')), statusReason: long('Rejected').repeat(5) },
    })
    const { text, value } = await agent.call('explain_instance', { instance: instance.key })
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048)
    expect(value).toMatchObject({
      status: 'failing',
      since: expect.any(String),
      latestFailure: { id: expect.any(String) },
    })
    expect(value.whatToDo).toContain(`/instances/${instance.id}`)
  })

  test('names who disabled it, what does not respond, and what works', async () => {
    const { acme, instance } = await aShop()
    const explain = async () => (await agent.call('explain_instance', { instance: instance.id })).value
    expect(await explain()).toMatchObject({ status: 'connected', latestFailure: null, changes: [] })
    await systemDb().connector.update({
      where: { id: acme.connectorId },
      data: { name: 'Acme', disabledAt: new Date('2026-11-01T08:00:00Z'), disabledById: owner.userId },
    })
    expect(await explain()).toMatchObject({
      ...{ status: 'disabled', since: '2026-11-01T08:00:00.000Z' },
      reason: `The connector “Acme” was disabled by ${owner.label}.`,
    })
  })
})

describe('propose_enablement_change', () => {
  test('changes nothing without confirm, then applies it and is in the audit log as the key’s', async () => {
    const { acme, method, endpoint, instance } = await aShop()
    const flow = await systemDb().flow.create({
      data: {
        ...{ workspaceId: owner.workspaceId, key: 'nightly', name: 'Nightly', foldedName: 'nightly', description: '' },
        rank: '1nightly',
        versions: { create: { state: 'draft', number: 1 } },
      },
      include: { versions: true },
    })
    await systemDb().shape.create({
      data: {
        ...{ workspaceId: owner.workspaceId, connectorId: acme.connectorId, flowVersionId: flow.versions[0]!.id },
        ...{ name: 'Get orders', instanceId: instance.id, endpointId: endpoint.id },
      },
    })
    const change = { connector: acme.connectorId, endpoint: endpoint.key, method: method.id, enabled: false }
    const enabled = () => systemDb().enablement.count({ where: { endpointId: endpoint.id, methodId: method.id } })
    const proposed = {
      ...{ enabledBefore: true, enabled: false, moreBrokenFlows: 0 },
      brokenFlows: [{ id: flow.id, name: 'Nightly', shapes: ['Get orders'] }],
    }
    const reader = await anAgent(owner, { role: 'read_only' })
    for (const asking of [agent, reader])
      expect((await asking.call('propose_enablement_change', change)).value).toMatchObject({
        ...proposed,
        applied: false,
      })
    const refused = await reader.call('propose_enablement_change', { ...change, confirm: true })
    expect(refused.refusal).toMatchObject({ code: 'not_allowed' })
    expect(await enabled()).toBe(1)

    const { value } = await agent.call('propose_enablement_change', { ...change, confirm: true })
    expect(value).toMatchObject({ ...proposed, applied: true, message: 'Applied. 1 flow breaks.' })
    expect(await enabled()).toBe(0)
    expect(
      await systemDb().auditLog.findFirstOrThrow({
        where: { workspaceId: owner.workspaceId, action: 'set_enablement' },
      }),
    ).toMatchObject({ actorKind: 'api_key', actorId: agent.keyId, actorName: 'Order agent' })
    const again = await agent.call('propose_enablement_change', { ...change, confirm: true })
    expect(again.value).toMatchObject({ enabledBefore: false, message: 'It is so already. Nothing was changed.' })
  })
})

test('check_instance has three outcomes', async () => {
  const { instance } = await aShop()
  const outcome = async (status: number) => {
    answer = () => ({ status, body: '{}' })
    return (await agent.call('check_instance', { instance: instance.key })).value.outcome
  }
  expect([await outcome(200), await outcome(401), await outcome(503)]).toEqual([
    'accepted',
    'rejected',
    'could_not_tell',
  ])
})
