import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { deleteOldIdempotencyKeys } from '@/lib/api/delete-old-idempotency-keys'
import { systemDb } from '@/lib/platform/db/client'
import { aProgram, type Program } from '@/tests/support/api-program'
import { acmeConnector } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** A request that creates something and is sent again with the same Idempotency-Key (DATA §14). */

const database = await testDatabase()

let owner: PersonActor
let program: Program

beforeEach(async () => {
  owner = await anActor('administrator')
  program = await aProgram(owner, { role: 'administrator' })
})

const create = (name: string, key = 'one', by = program) =>
  by.send('POST', '/flows', { body: { name }, headers: { 'idempotency-key': key } })
const flows = () =>
  systemDb().flow.findMany({ where: { workspaceId: owner.workspaceId }, orderBy: { createdAt: 'asc' } })

test('returns the object as it is now', async () => {
  const first = await create('Nightly')
  const { id } = first.body as { id: string }
  await program.send('PATCH', `/flows/${id}`, { body: { name: 'Weekly' }, headers: { 'if-match': '"1"' } })
  const second = await create('Nightly')
  expect(second).toMatchObject({ status: 201, body: { id, name: 'Weekly', revision: 2 } })
  expect(second.headers.get('etag')).toBe('"2"')
  expect(await flows()).toHaveLength(1)
})

test('of twenty at once creates one object; the others wait or get it', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => create('Nightly')))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([])
  expect(await flows()).toHaveLength(1)
  for (const { status, body, headers } of answers)
    if (status === 409) {
      expect(body).toMatchObject({ code: 'already_under_way' })
      expect(headers.get('retry-after')).toBe('1')
    }
  expect(await create('Nightly')).toMatchObject({ status: 201 })
})

test('may be corrected after it was refused', async () => {
  expect(await create('')).toMatchObject({ status: 422 })
  expect(await create('Nightly')).toMatchObject({ status: 201 })
  expect(await flows()).toHaveLength(1)
})

test('belongs to its key of the API', async () => {
  const other = await aProgram(owner, { role: 'administrator' })
  expect(await create('Nightly')).toMatchObject({ status: 201 })
  expect(await create('Weekly', 'one', other)).toMatchObject({ status: 201 })
  expect(await flows()).toHaveLength(2)
})

test('can be used again after a day, and is deleted then', async () => {
  await create('Nightly')
  const dayAgo = new Date(Date.now() - 24 * 60 * 60 * 1000)
  await systemDb().idempotencyKey.updateMany({ data: { createdAt: dayAgo } })
  expect(await create('Weekly')).toMatchObject({ status: 201, body: { name: 'Weekly' } })
  await deleteOldIdempotencyKeys(new Date())
  expect(await systemDb().idempotencyKey.count({ where: { workspaceId: owner.workspaceId } })).toBe(1)
  await deleteOldIdempotencyKeys(new Date(Date.now() + 25 * 60 * 60 * 1000))
  expect(await systemDb().idempotencyKey.count({ where: { workspaceId: owner.workspaceId } })).toBe(0)
})

test('of a process that was killed is free again when it cannot be running any more', async () => {
  await create('Nightly')
  await systemDb().flow.deleteMany({ where: { workspaceId: owner.workspaceId } })
  const killed = (createdAt: Date) => systemDb().idempotencyKey.updateMany({ data: { objectId: null, createdAt } })
  await killed(new Date())
  expect(await create('Nightly')).toMatchObject({ status: 409, body: { code: 'already_under_way' } })
  await killed(new Date(Date.now() - 11 * 60 * 1000))
  expect(await create('Nightly')).toMatchObject({ status: 201 })
})

test('creates nothing if a later request with the same key has taken over', async () => {
  const { sql } = database
  await sql(`CREATE FUNCTION take_over() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN UPDATE "IdempotencyKey" SET "createdAt" = "createdAt" + interval '11 minutes'; RETURN NEW; END $$`)
  await sql(`CREATE TRIGGER take_over BEFORE INSERT ON "Flow" FOR EACH ROW EXECUTE FUNCTION take_over()`)
  try {
    expect(await create('Nightly')).toMatchObject({ status: 500, body: { code: 'unexpected' } })
    expect(await flows()).toEqual([])
  } finally {
    await sql(`DROP TRIGGER take_over ON "Flow"`)
  }
})

describe('a request that creates several objects', () => {
  type Bulk = { endpointIds: string[]; created: number; pendingOrigins: string[] }
  const endpoint = (name: string) => ({
    ...{ name, direction: 'receive', httpMethod: 'GET', url: '/orders', variables: [] },
  })
  const several = (connectorId: string, ...names: string[]) =>
    program.send('POST', `/connectors/${connectorId}/endpoints/bulk`, {
      body: { entityType: 'Orders', endpoints: names.map(endpoint) },
      headers: { 'idempotency-key': 'one' },
    })
  const endpoints = (connectorId: string) =>
    systemDb().endpoint.findMany({ where: { connectorId }, orderBy: { key: 'asc' }, select: { id: true } })

  test('creates them once, and a repeat returns their IDs in the same order', async () => {
    const { connectorId } = await acmeConnector(owner.workspaceId, 'https://api.acme.test')
    const first = await several(connectorId, 'A', 'B', 'C')
    expect(first).toMatchObject({ status: 200, body: { created: 3 } })
    const ids = (await endpoints(connectorId)).map(({ id }) => id)
    expect((first.body as Bulk).endpointIds).toEqual(ids)
    const second = await several(connectorId, 'A', 'B', 'C')
    expect(second).toMatchObject({ status: 200, body: first.body })
    expect(second.headers.get('patchbay-repeated')).toBe('true')
    expect(await endpoints(connectorId)).toHaveLength(3)
  })

  test('is refused with other objects, and may be corrected after it was refused', async () => {
    const { connectorId } = await acmeConnector(owner.workspaceId, 'https://api.acme.test')
    expect(await several(connectorId, 'A', 'A')).toMatchObject({ status: 409, body: { code: 'name_taken' } })
    expect(await several(connectorId, 'A', 'B')).toMatchObject({ status: 200 })
    const other = await several(connectorId, 'A', 'C')
    expect(other).toMatchObject({ status: 422, body: { code: 'repeated_with_other_content' } })
    expect(await endpoints(connectorId)).toHaveLength(2)
  })

  test('of ten at once creates them once', async () => {
    const { connectorId } = await acmeConnector(owner.workspaceId, 'https://api.acme.test')
    const answers = await Promise.all(Array.from({ length: 10 }, () => several(connectorId, 'A', 'B')))
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
    expect(await endpoints(connectorId)).toHaveLength(2)
  })

  test('returns the present revision of the connector that has the variables', async () => {
    const { connectorId } = await acmeConnector(owner.workspaceId, 'https://api.acme.test')
    const variables = (key: string, revision: number, body: object) =>
      program.send('POST', `/connectors/${connectorId}/variables/bulk`, {
        ...{ body, headers: { 'idempotency-key': key, 'if-match': `"${revision}"` } },
      })
    const named = { variables: [{ key: 'shop' }, { key: 'region' }] }
    const { revision } = await systemDb().connector.findUniqueOrThrow({ where: { id: connectorId } })
    const first = await variables('one', revision, named)
    expect(first).toMatchObject({ status: 200, body: { revision: revision + 1 } })
    const { variableIds } = first.body as { variableIds: string[] }
    expect(await variables('two', revision + 1, { variables: [{ key: 'more' }] })).toMatchObject({ status: 200 })
    const again = await variables('one', revision, named)
    expect(again).toMatchObject({ status: 200, body: { variableIds, revision: revision + 2 } })
    expect(again.headers.get('etag')).toBe(`"${revision + 2}"`)
    expect(await systemDb().variable.count({ where: { connectorId } })).toBe(3)
  })

  test('returns nothing of them to a key that has lost the connector', async () => {
    const { connectorId } = await acmeConnector(owner.workspaceId, 'https://api.acme.test')
    await several(connectorId, 'A')
    await systemDb().endpoint.deleteMany({ where: { connectorId } })
    await systemDb().connector.delete({ where: { id: connectorId } })
    expect(await several(connectorId, 'A')).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

describe('a key that is no key', () => {
  test.each(['', 'x'.repeat(256), 'ü', 'with space'])('%j is refused', async (key) => {
    expect(await create('Nightly', key)).toMatchObject({ status: 400, body: { code: 'malformed_request' } })
    expect(await flows()).toEqual([])
  })
})
