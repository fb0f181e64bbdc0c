import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { readEndpointFilter } from '@/lib/endpoints/list-order'
import { listEntityTypes } from '@/lib/endpoints/list-entity-types'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { createEndpointSchema, type CreateEndpoint } from '@/lib/endpoints/schema'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aMethod, anEnablement, anEndpoint } from '@/tests/support/endpoint-builders'

let manager: PersonActor
let owner: Awaited<ReturnType<typeof aConnector>>
beforeAll(async () => {
  await testDatabase()
})
beforeEach(async () => {
  manager = await anActor('manager')
  owner = await aConnector(manager.workspaceId)
})

const input = (given: Partial<CreateEndpoint> = {}): CreateEndpoint => ({
  connectorId: owner.connectorId,
  name: 'List orders',
  entityType: 'Orders',
  direction: 'receive',
  httpMethod: 'GET',
  url: '/orders',
  ...given,
})
const created = async (given: Partial<CreateEndpoint> = {}) => {
  const result = await createEndpoint(manager, input(given))
  if (!result.ok) throw new Error(result.error.message)
  return result.value.id
}

describe('creating', () => {
  test('starts with every method off (rule R2), gets a stable key, and is audited', async () => {
    await aMethod(owner, 'basic auth')
    const id = await created()
    expect(await systemDb().enablement.count({ where: { endpointId: id } })).toBe(0)
    expect(await systemDb().endpoint.findUnique({ where: { id } })).toMatchObject({
      key: 'list-orders',
      foldedName: 'list orders',
      revision: 1,
    })
    expect(await systemDb().auditLog.findMany({ where: { objectId: id } })).toMatchObject([
      { action: 'create_endpoint', objectName: 'List orders', actorName: manager.label },
    ])
  })

  test('a name is unique in its connector, ignoring case, and can be used in another connector', async () => {
    await created()
    expect(await createEndpoint(manager, input({ name: 'LIST  Orders' }))).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
    const other = await aConnector(manager.workspaceId)
    expect(await createEndpoint(manager, input({ connectorId: other.connectorId }))).toMatchObject({ ok: true })
  })

  test('ten at once whose names lead to the same key all get different keys', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        createEndpoint(manager, input({ name: `Get${'!'.repeat(number)} order` })),
      ),
    )
    const failed = results.filter((result) => !result.ok)
    const keys = (await systemDb().endpoint.findMany({ where: { connectorId: owner.connectorId } })).map(
      (row) => row.key,
    )
    expect(new Set(keys).size).toBe(10 - failed.length)
    expect(failed).toEqual([])
  })

  test('an entity type that exists with another spelling is used, not duplicated', async () => {
    await created()
    await created({ name: 'Get order', entityType: 'orders' })
    await created({ name: 'Odd', entityType: '100%' })
    await created({ name: 'Odder', entityType: '100x' })
    expect(await listEntityTypes(manager, { connectorId: owner.connectorId })).toEqual({
      ok: true,
      value: [
        { entityType: '100%', endpoints: 1 },
        { entityType: '100x', endpoints: 1 },
        { entityType: 'Orders', endpoints: 2 },
      ],
    })
  })

  test.each(['javascript:alert(1)', 'ftp://example.com/x', '/orders/{{ id', 'https://{{ host }}{{ port }}/x'])(
    'a URL like %s is an error on its field',
    async (url) => {
      expect(await createEndpoint(manager, input({ url }))).toMatchObject({ ok: false, error: { field: 'url' } })
      expect(await systemDb().endpoint.count({ where: { connectorId: owner.connectorId } })).toBe(0)
    },
  )

  test('the schema refuses empty and overlong names, control characters, unknown words and unknown keys', () => {
    const parse = (given: object) => createEndpointSchema.safeParse({ ...input(), ...given }).success
    expect(parse({})).toBe(true)
    expect(parse({ name: '' })).toBe(false)
    expect(parse({ name: 'x'.repeat(10_000) })).toBe(false)
    expect(parse({ name: 'a\u0000b' })).toBe(false)
    expect(parse({ url: '/a\r\nHost: evil' })).toBe(false)
    expect(parse({ httpMethod: 'TRACE' })).toBe(false)
    expect(parse({ direction: 'sideways' })).toBe(false)
    expect(parse({ revision: 99 })).toBe(false)
  })

  test("read-only people and users may not; another workspace's connector is not found", async () => {
    for (const role of ['read_only', 'user'] as const) {
      expect(await createEndpoint(await anActor(role, manager.workspaceId), input())).toMatchObject({
        ok: false,
        error: { code: 'not_allowed' },
      })
    }
    expect(await createEndpoint(await anActor('administrator'), input())).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await createEndpoint(manager, input({ connectorId: 'nonsense' }))).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

describe('listing', () => {
  const list = async (search: Record<string, string>) => {
    const page = await listEndpoints(manager, { connectorId: owner.connectorId, ...readEndpointFilter(search) })
    if (!page.ok) throw new Error(page.error.message)
    return page.value
  }

  test('contains the methods that an endpoint accepts, in the order of the connector', async () => {
    const [basic, oauth] = [await aMethod(owner, 'basic auth'), await aMethod(owner, 'OAuth 2')]
    const endpoint = await anEndpoint(owner, 'List orders')
    await anEnablement(owner, endpoint.id, oauth.id)
    await anEnablement(owner, endpoint.id, basic.id)
    expect((await list({})).items).toMatchObject([{ name: 'List orders', methods: ['basic auth', 'OAuth 2'] }])
  })

  test('searches name, entity type and URL, takes % and _ as characters, and filters by entity type', async () => {
    await anEndpoint(owner, 'List orders', { url: '/v2/orders' })
    await anEndpoint(owner, '100% off', { entityType: 'Prices', url: '/prices' })
    await anEndpoint(owner, 'Untyped', { entityType: '', url: '/misc' })
    const names = async (search: Record<string, string>) => (await list(search)).items.map((item) => item.name)
    expect(await names({ q: 'LIST' })).toEqual(['List orders'])
    expect(await names({ q: 'price' })).toEqual(['100% off'])
    expect(await names({ q: '/V2' })).toEqual(['List orders'])
    expect(await names({ q: '%' })).toEqual(['100% off'])
    expect(await names({ q: '_' })).toEqual([])
    expect(await names({ type: 'Prices' })).toEqual(['100% off'])
    expect(await names({ type: '—' })).toEqual(['Untyped'])
    expect(await names({})).toEqual(['Untyped', 'List orders', '100% off'])
    expect(await names({ sort: '-name' })).toEqual(['Untyped', 'List orders', '100% off'])
  })

  test.each(['group', 'name', '-name', '-updated'])(
    '2,000 endpoints come page by page, each once, quickly (sort %s)',
    async (sort) => {
      await systemDb().endpoint.createMany({
        data: Array.from({ length: 2000 }, (_, number) => ({
          ...owner,
          key: `e-${number}`,
          name: `E ${number}`,
          foldedName: `e ${number}`,
          entityType: `Type ${number % 30}`,
          url: '/e',
        })),
      })
      const seen: { id: string; entityType: string }[] = []
      let after: string | null = ''
      const started = performance.now()
      while (after !== null) {
        const page = await list({ sort, after })
        expect(page.total).toBe(2000)
        seen.push(...page.items)
        after = page.nextCursor
      }
      expect(new Set(seen.map((item) => item.id)).size).toBe(2000)
      expect(seen).toHaveLength(2000)
      expect((performance.now() - started) / 40).toBeLessThan(250)
      if (sort === 'group') {
        const changes = seen.filter((item, index) => item.entityType !== seen[index - 1]?.entityType)
        expect(changes).toHaveLength(30)
      }
    },
  )

  test('an invalid cursor starts at the beginning', async () => {
    await anEndpoint(owner, 'List orders')
    for (const after of [
      'x',
      'W10',
      Buffer.from('["a","b","c"]').toString('base64url'),
      Buffer.from('{"a":1}').toString('base64url'),
    ]) {
      expect((await list({ after })).items).toHaveLength(1)
    }
  })

  test("another workspace's connector shows nothing", async () => {
    const endpoint = await anEndpoint(owner, 'List orders')
    const stranger = await anActor('administrator')
    const page = await listEndpoints(stranger, { connectorId: owner.connectorId, ...readEndpointFilter({}) })
    expect(page).toMatchObject({ ok: true, value: { items: [], total: 0 } })
    expect(await getEndpoint(stranger, { connectorId: owner.connectorId, endpointId: endpoint.id })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await getEndpoint(manager, { connectorId: owner.connectorId, endpointId: 'nonsense' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await listEndpoints(manager, { connectorId: 'nonsense', ...readEndpointFilter({}) })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })

  test('an endpoint of another connector of the same workspace is not found under this one', async () => {
    const other = await aConnector(manager.workspaceId)
    const endpoint = await anEndpoint(other, 'List orders')
    expect(await getEndpoint(manager, { connectorId: owner.connectorId, endpointId: endpoint.id })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})
