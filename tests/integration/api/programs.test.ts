import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { systemDb } from '@/lib/platform/db/client'
import { acmeConnector, acmeEndpoint, acmeMethod } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { aProgram, sendWith, type Program } from '@/tests/support/api-program'
import { testDatabase } from '@/tests/support/database'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** What a program can do with the REST API, and how it is refused. */

await testDatabase()

let owner: PersonActor
let program: Program

beforeEach(async () => {
  owner = await anActor('administrator')
  program = await aProgram(owner, { role: 'administrator' })
})

const newConnector = { name: 'Shop', systemType: 'ecommerce', baseUrl: 'https://api.shop.test' }

async function created(): Promise<{ id: string; revision: number }> {
  const { status, body } = await program.send('POST', '/connectors', { body: newConnector })
  expect(status).toBe(201)
  return body as { id: string; revision: number }
}

describe('a connector', () => {
  test('is created with the proposals of the form, and its address and revision are returned', async () => {
    const { status, headers, body } = await program.send('POST', '/connectors', { body: newConnector })
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { name: 'Shop', key: 'shop', dateFormat: 'YYYY-MM-DD', revision: 1 },
    })
    expect(headers.get('etag')).toBe('"1"')
    expect(headers.get('location')).toBe(`/api/v1/connectors/${(body as { id: string }).id}`)
  })

  test('is read by its ID and by its key', async () => {
    const { id } = await created()
    expect((await program.send('GET', `/connectors/${id}`)).body).toMatchObject({ id })
    expect((await program.send('GET', '/connectors/shop')).body).toMatchObject({ id })
  })

  test('is changed where the body says so, and null clears', async () => {
    const { id } = await created()
    const changed = await program.send('PATCH', `/connectors/${id}`, {
      body: { description: 'Sells things', rateLimitAmount: 5 },
      headers: { 'if-match': '"1"' },
    })
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'Shop', description: 'Sells things', rateLimitAmount: 5 },
    })
    expect(changed.headers.get('etag')).toBe('"2"')
    const cleared = await program.send('PATCH', `/connectors/${id}`, {
      body: { description: null, rateLimitAmount: null },
      headers: { 'if-match': '"2"' },
    })
    expect(cleared).toMatchObject({ status: 200, body: { description: '', rateLimitAmount: null } })
  })

  test('is not changed without the revision, or with an earlier one, of which both are named', async () => {
    const { id } = await created()
    const change = (revision?: string) =>
      program.send('PATCH', `/connectors/${id}`, {
        body: { description: 'x' },
        headers: revision === undefined ? {} : { 'if-match': revision },
      })
    expect(await change()).toMatchObject({ status: 428, body: { code: 'revision_needed' } })
    expect(await change('W/"1"')).toMatchObject({ status: 428 })
    expect(await change('"1"')).toMatchObject({ status: 200 })
    const stale = await change('"1"')
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'changed_by_someone_else', givenRevision: 1, currentRevision: 2 },
    })
    expect(stale.headers.get('etag')).toBe('"2"')
  })

  test('is deleted', async () => {
    const { id } = await created()
    expect(await program.send('DELETE', `/connectors/${id}`)).toMatchObject({ status: 204, body: null })
    expect(await program.send('GET', `/connectors/${id}`)).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  test('refuses what the address decides, and what is unknown', async () => {
    const { id } = await created()
    const change = (body: object) =>
      program.send('PATCH', `/connectors/${id}`, { body, headers: { 'if-match': '"1"' } })
    expect(await change({ connectorId: id })).toMatchObject({ status: 422, body: { field: 'connectorId' } })
    expect(await change({ revision: 7 })).toMatchObject({ status: 422, body: { field: 'revision' } })
    expect(await change({ nmae: 'Typo' })).toMatchObject({ status: 422, body: { code: 'invalid_input' } })
    expect(await change(JSON.parse('{"__proto__": {"name": "x"}}') as object)).toMatchObject({ status: 422 })
    expect(await systemDb().connector.findFirst({ where: { id } })).toMatchObject({ name: 'Shop', revision: 1 })
  })
})

describe('a list', () => {
  test('is paged by the header Link, searched and sorted', async () => {
    for (let number = 0; number < 52; number += 1)
      await systemDb().flow.create({
        data: {
          ...{
            workspaceId: owner.workspaceId,
            key: `f-${number}`,
            name: `Flow ${number}`,
            foldedName: `flow ${number}`,
          },
          ...{ description: '', rank: `1flow ${number}` },
          versions: { create: { state: 'draft', number: 1 } },
        },
      })
    const first = await program.send('GET', '/flows?sort=name')
    expect(first.body).toMatchObject({ total: 52 })
    const [, next] = /^<(\/api\/v1)?(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '')!.slice(1)
    const second = await program.send('GET', next!)
    expect((second.body as { items: unknown[] }).items).toHaveLength(2)
    expect(second.headers.get('link')).toBeNull()
    expect((await program.send('GET', '/flows?q=flow%2051')).body).toMatchObject({ total: 1 })
    expect(await program.send('GET', '/flows?sort=size')).toMatchObject({ status: 422, body: { field: 'sort' } })
    expect(await program.send('GET', '/flows?limit=10')).toMatchObject({ status: 422 })
    // The database cannot compare with NUL.
    expect((await program.send('GET', '/flows?q=flow%2051%00')).body).toMatchObject({ total: 1 })
  })
})

describe('who may ask', () => {
  test.each([
    ['nobody', null],
    ['a text that is no key', 'Bearer hello'],
    ['a key that does not exist', `Bearer pb_${'x'.repeat(43)}`],
    ['another scheme', 'Basic cGI6cGI='],
  ])('%s is refused with a challenge', async (_who, authorization) => {
    const answer = await sendWith(authorization, 'GET', '/connectors')
    expect(answer).toMatchObject({ status: 401, body: { code: 'not_signed_in', status: 401 } })
    expect(answer.headers.get('www-authenticate')).toContain('Bearer')
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('a revoked key, an expired key and the key of a removed person are refused', async () => {
    await systemDb().apiKey.update({ where: { id: program.keyId }, data: { revokedAt: new Date() } })
    expect(await program.send('GET', '/connectors')).toMatchObject({ status: 401 })
    const expired = await aProgram(owner, { expiresAt: new Date(Date.now() - 1_000) })
    expect(await expired.send('GET', '/connectors')).toMatchObject({ status: 401 })
  })

  test('a key of another workspace finds nothing', async () => {
    const { id } = await created()
    const stranger = await aProgram(await anActor('administrator'), { role: 'administrator' })
    expect(await stranger.send('GET', `/connectors/${id}`)).toMatchObject({ status: 404 })
    expect(await stranger.send('GET', '/connectors/shop')).toMatchObject({ status: 404 })
    expect(await stranger.send('DELETE', `/connectors/${id}`)).toMatchObject({ status: 404 })
    expect((await stranger.send('GET', '/connectors')).body).toMatchObject({ items: [], total: 0 })
  })

  test('a role that may not is refused before anything about the object is said', async () => {
    const reader = await aProgram(owner, { role: 'read_only' })
    const { id } = await created()
    for (const path of [`/connectors/${id}`, '/connectors/unknown'])
      expect(await reader.send('DELETE', path)).toMatchObject({ status: 403, body: { code: 'not_allowed' } })
  })

  test('a key with limits sees only what it may use', async () => {
    const acme = await acmeConnector(owner.workspaceId, 'https://acme.test')
    await created()
    const limited = await aProgram(owner, { role: 'administrator', limits: { connectorIds: [acme.connectorId] } })
    expect((await limited.send('GET', '/connectors')).body).toMatchObject({
      total: 1,
      items: [{ id: acme.connectorId }],
    })
    expect(await limited.send('GET', '/connectors/shop')).toMatchObject({ status: 404 })
    expect(await limited.send('POST', '/connectors', { body: newConnector })).toMatchObject({ status: 403 })
  })
})

describe('a request that cannot be understood', () => {
  test('is refused in words', async () => {
    expect(await program.send('GET', '/nothing')).toMatchObject({ status: 404 })
    expect(await program.send('GET', '/../v2/flows')).toMatchObject({ status: 404 })
    const put = await program.send('PUT', '/connectors', { body: {} })
    expect(put).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(put.headers.get('allow')).toBe('GET, POST')
    expect(await program.send('POST', '/connectors', { body: '{"name":' })).toMatchObject({
      status: 400,
      body: { code: 'malformed_request' },
    })
    expect(await program.send('POST', '/connectors', { body: '[]' })).toMatchObject({ status: 400 })
    expect(
      await program.send('POST', '/connectors', { body: '{}', headers: { 'content-type': 'text/plain' } }),
    ).toMatchObject({ status: 415 })
    expect(await program.send('POST', '/connectors', { body: `{"name":"${'x'.repeat(2_100_000)}"}` })).toMatchObject({
      status: 413,
    })
    expect(await program.send('GET', '/connectors/%00')).toMatchObject({ status: 404 })
    expect(await program.send('GET', '/connectors/%ff')).toMatchObject({ status: 404 })
  })
})

test('a connector whose key is a word of an address is found by it', async () => {
  const { body } = await program.send('POST', '/connectors', { body: { ...newConnector, name: 'Import' } })
  expect(body).toMatchObject({ key: 'import' })
  expect(await program.send('GET', '/connectors/import')).toMatchObject({ status: 200, body: { name: 'Import' } })
})

test('a parameter called __proto__ is refused like every unknown one', async () => {
  for (const query of ['__proto__=1', '__proto__=1&__proto__=2'])
    expect(await program.send('GET', `/flows?${query}`)).toMatchObject({ status: 422, body: { code: 'invalid_input' } })
})

describe('an object below a connector', () => {
  test('is found only below its own connector, by ID and by key', async () => {
    const [one, other] = [
      await acmeConnector(owner.workspaceId, 'https://acme.test'),
      await acmeConnector(owner.workspaceId, 'https://acme.test'),
    ]
    const method = await acmeMethod(one, 'basic')
    const endpoint = await acmeEndpoint(one, method, '/orders')
    const { key } = await systemDb().endpoint.findFirstOrThrow({ where: { id: endpoint.id } })
    for (const name of [endpoint.id, key]) {
      const path = (connectorId: string) => `/connectors/${connectorId}/endpoints/${name}`
      expect(await program.send('GET', path(one.connectorId))).toMatchObject({ status: 200, body: { id: endpoint.id } })
      expect(await program.send('GET', path(other.connectorId))).toMatchObject({ status: 404 })
      expect(await program.send('DELETE', path(other.connectorId))).toMatchObject({ status: 404 })
      expect(await program.send('GET', `${path(one.connectorId)}/methods`)).toMatchObject({ status: 200 })
      expect(await program.send('GET', `${path(other.connectorId)}/methods`)).toMatchObject({ status: 404 })
      const clone = { body: { name: `Copy by ${name}` } }
      expect(await program.send('POST', `${path(other.connectorId)}/clone`, clone)).toMatchObject({ status: 404 })
      expect(await systemDb().endpoint.count({ where: { name: clone.body.name } })).toBe(0)
    }
  })
})
