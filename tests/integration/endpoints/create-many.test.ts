import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { createEndpoints } from '@/lib/endpoints/create-endpoints'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import { readEndpointFilter } from '@/lib/endpoints/list-order'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { aConnector, aMethod, anEndpoint } from '@/tests/support/endpoint-builders'

await testDatabase()

let actor: PersonActor
let place: Awaited<ReturnType<typeof aConnector>>
beforeEach(async () => {
  actor = await anActor('manager')
  place = await aConnector(actor.workspaceId)
})

const one = (name: string, given: { url?: string; variables?: string[] } = {}) => ({
  name,
  direction: 'receive' as const,
  httpMethod: 'GET' as const,
  url: '/orders',
  variables: [],
  ...given,
})
const many = (endpoints: ReturnType<typeof one>[], methodIds: string[] = []) =>
  createEndpoints(actor, { connectorId: place.connectorId, entityType: 'Orders', methodIds, endpoints })
const listed = async () =>
  valueOf(await listEndpoints(actor, { connectorId: place.connectorId, ...readEndpointFilter({ sort: 'name' }) })).items

describe('methods that the same form switches on', () => {
  const input = () => ({
    connectorId: place.connectorId,
    name: 'List orders',
    entityType: '',
    direction: 'receive' as const,
    httpMethod: 'GET' as const,
    url: '/orders',
  })

  test('are accepted from the start, the others are off, and the audit log says which (rule R2)', async () => {
    const basic = await aMethod(place, 'basic auth')
    await aMethod(place, 'OAuth 2')
    const { id } = valueOf(await createEndpoint(actor, { ...input(), methodIds: [basic.id, basic.id] }))
    expect((await listed())[0]!.methods).toEqual(['basic auth'])
    const [line] = await systemDb().auditLog.findMany({ where: { objectId: id } })
    expect(line!.changes).toMatchObject({
      fields: [{ field: 'request' }, { field: 'enablement', how: 'on', of: 'basic auth', names: ['List orders'] }],
    })
  })

  test('of another connector, or of none, are refused, and nothing is created (rule R4)', async () => {
    const foreign = await aMethod(await aConnector(actor.workspaceId), 'basic auth')
    for (const methodId of [foreign.id, newId()])
      expect(await createEndpoint(actor, { ...input(), methodIds: [methodId] })).toMatchObject({
        ok: false,
        error: { code: 'not_found', field: 'methodIds' },
      })
    expect(await listed()).toEqual([])
  })
})

describe('many endpoints', () => {
  test('are created together, with variables for their paths, in one line of the audit log', async () => {
    const basic = await aMethod(place, 'basic auth')
    const get = one('Get order', { url: '/orders/{{ id }}', variables: ['id'] })
    expect(valueOf(await many([one('List orders'), get], [basic.id]))).toMatchObject({ created: 2, pendingOrigins: [] })
    expect(
      (await listed()).map(({ name, methods, unknownVariables }) => ({ name, methods, unknownVariables })),
    ).toEqual([
      { name: 'Get order', methods: ['basic auth'], unknownVariables: [] },
      { name: 'List orders', methods: ['basic auth'], unknownVariables: [] },
    ])
    const lines = await systemDb().auditLog.findMany({
      where: { objectId: place.connectorId, action: 'create_endpoints' },
    })
    expect(lines).toMatchObject([
      {
        objectType: 'connector',
        changes: {
          fields: [
            { field: 'endpoint', how: 'added', names: ['List orders', 'Get order'] },
            { field: 'method', how: 'on', names: ['basic auth'] },
          ],
        },
      },
    ])
  })

  test('use a variable of the connector if one with that name exists', async () => {
    await systemDb().variable.create({ data: { ...place, level: 'connector', key: 'shop', displayName: 'Shop' } })
    await many([one('List orders', { url: '/{{ shop }}/{{ id }}', variables: ['shop', 'id'] })])
    const own = await systemDb().variable.findMany({ where: { ...place, level: 'endpoint' } })
    expect(own.map(({ key }) => key)).toEqual(['id'])
  })

  test('are created all or none: names that exist are named', async () => {
    await anEndpoint(place, 'List orders')
    expect(await many([one('Get order'), one('LIST orders')])).toMatchObject({
      ok: false,
      error: { code: 'name_taken', message: expect.stringContaining('“List orders”') },
    })
    expect(await many([one('A'), one('a')])).toMatchObject({ ok: false, error: { field: 'endpoints.1.name' } })
    expect(await many([one('A', { url: 'ftp://x' })])).toMatchObject({ ok: false, error: { field: 'endpoints.0.url' } })
    const foreign = await aMethod(await aConnector(actor.workspaceId), 'basic auth')
    expect((await many([one('A')], [foreign.id])).ok).toBe(false)
    expect(await listed()).toHaveLength(1)
  })

  test.each(['uuid', 'now', 'access_token', 'null', 'not'])(
    'are refused if a path variable would be called %s, which means something else in templates',
    async (key) => {
      expect(await many([one('A'), one('Get file', { url: `/{{ ${key} }}`, variables: [key] })])).toMatchObject({
        ok: false,
        error: {
          code: 'invalid_input',
          field: 'endpoints.1.variables',
          message: expect.stringMatching(new RegExp(`^Get file: .*${key}.*Choose another key`)),
        },
      })
      expect(await listed()).toEqual([])
    },
  )

  test('are at most 500', async () => {
    const lines = Array.from({ length: 501 }, (_, number) => one(`E${number}`))
    expect(await many(lines)).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(valueOf(await many(lines.slice(1)))).toMatchObject({ created: 500 })
  })

  test('are refused in another workspace', async () => {
    const stranger = await anActor('manager')
    const input = { connectorId: place.connectorId, entityType: '', methodIds: [], endpoints: [one('A')] }
    expect(await createEndpoints(stranger, input)).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })
})
