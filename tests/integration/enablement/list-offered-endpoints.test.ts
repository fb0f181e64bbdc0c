import { beforeAll, describe, expect, test } from 'vitest'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import type { Actor, PersonActor } from '@/lib/domain/access/actor'
import { acceptsInstance } from '@/lib/enablement/accepts-instance'
import { findCallableInstance } from '@/lib/enablement/find-callable-instance'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { setEnablement } from '@/lib/enablement/set-enablement'
import { aKeyActor } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aMethod, anEnablement, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'

let manager: PersonActor
beforeAll(async () => {
  await testDatabase()
  manager = await anActor('manager')
})

async function twoMethods() {
  const owner = await aConnector(manager.workspaceId)
  const basic = await aMethod(owner, 'basic auth', 'basic')
  const oauth = await aMethod(owner, 'OAuth 2', 'oauth2_authorization_code')
  const instance1 = await anInstance(owner, basic.id)
  const instance2 = await anInstance(owner, oauth.id)
  return { owner, basic, oauth, instance1, instance2 }
}

async function offered(instanceId: string, search = '') {
  const result = await listOfferedEndpoints(manager, { instanceId, search })
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

describe('rule R1: a shape is offered exactly the endpoints that accept the instance', () => {
  test('orders with only basic enabled is offered for instance 1 and not for instance 2, until OAuth 2 is enabled too', async () => {
    const { owner, basic, oauth, instance1, instance2 } = await twoMethods()
    const orders = await anEndpoint(owner, 'orders')
    await setEnablement(manager, { endpointId: orders.id, methodId: basic.id, enabled: true })
    expect((await offered(instance1.id)).items.map((item) => item.name)).toEqual(['orders'])
    expect((await offered(instance2.id)).items).toEqual([])
    expect(await acceptsInstance(workspaceDb(manager.workspaceId), orders.id, instance2.id)).toBe(false)

    await setEnablement(manager, { endpointId: orders.id, methodId: oauth.id, enabled: true })
    expect((await offered(instance2.id)).items.map((item) => item.name)).toEqual(['orders'])
    expect(await acceptsInstance(workspaceDb(manager.workspaceId), orders.id, instance2.id)).toBe(true)
  })

  test('it shows how many endpoints of the connector are hidden, and by which method', async () => {
    const { owner, basic, instance1, instance2 } = await twoMethods()
    for (const name of ['List orders', 'Get order', 'Cancel order']) await anEndpoint(owner, name)
    const open = await anEndpoint(owner, 'Ping')
    await anEnablement(owner, open.id, basic.id)
    expect(await offered(instance1.id)).toMatchObject({ methodName: 'basic auth', counts: { offered: 1, hidden: 3 } })
    expect(await offered(instance2.id)).toMatchObject({ methodName: 'OAuth 2', counts: { offered: 0, hidden: 4 } })
  })

  test('endpoints are sorted by entity type and name in pages, without duplicates or gaps', async () => {
    const { owner, basic, instance1 } = await twoMethods()
    for (let number = 0; number < 120; number += 1) {
      const endpoint = await anEndpoint(owner, `Endpoint ${number % 40} of ${number}`, {
        entityType: ['Products', 'Orders', 'Stock'][number % 3]!,
      })
      await anEnablement(owner, endpoint.id, basic.id)
    }
    const seen: { entityType: string; name: string }[] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listOfferedEndpoints>> = await listOfferedEndpoints(manager, {
        instanceId: instance1.id,
        after,
      })
      if (!page.ok) throw new Error(page.error.message)
      expect(page.value.items.length).toBeLessThanOrEqual(50)
      seen.push(...page.value.items)
      after = page.value.nextCursor
    } while (after)
    expect(new Set(seen.map((item) => item.name)).size).toBe(120)
    expect([...new Set(seen.map((item) => item.entityType))]).toEqual(['Orders', 'Products', 'Stock'])
  })

  test('the search covers name, entity type and URL, takes % literally, and accepts odd input', async () => {
    const { owner, basic, instance1 } = await twoMethods()
    const stock = await anEndpoint(owner, 'Adjust', { entityType: 'Stock', url: '/v2/inventory' })
    const discount = await anEndpoint(owner, '100% discount', { entityType: 'Prices' })
    for (const endpoint of [stock, discount]) await anEnablement(owner, endpoint.id, basic.id)
    const names = async (search: string) => (await offered(instance1.id, search)).items.map((item) => item.name)
    expect(await names('ADJUST')).toEqual(['Adjust'])
    expect(await names('stock')).toEqual(['Adjust'])
    expect(await names('/V2/inv')).toEqual(['Adjust'])
    expect(await names('%')).toEqual(['100% discount'])
    expect(await names('\'; DROP TABLE "Endpoint"; --')).toEqual([])
    expect(await names('a\0djust')).toEqual(['Adjust'])
    const oddCursor = await listOfferedEndpoints(manager, {
      instanceId: instance1.id,
      after: Buffer.from('["a","b","c"]').toString('base64url'),
    })
    expect(oddCursor).toMatchObject({ ok: true, value: { counts: { offered: 2 } } })
  })
})

describe('refused:', () => {
  test('an instance that awaits its authorisation is offered nothing and says why', async () => {
    const { owner, oauth } = await twoMethods()
    const waiting = await anInstance(owner, oauth.id, 'Acme EU', 'awaiting_authorisation')
    const result = await listOfferedEndpoints(manager, { instanceId: waiting.id })
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'endpoint_not_available', message: expect.stringContaining('Acme EU') },
    })
  })

  test('an instance of another workspace, an unknown id and a malformed id are not found', async () => {
    const { instance1 } = await twoMethods()
    const stranger = await anActor('administrator')
    for (const [actor, instanceId] of [
      [stranger, instance1.id],
      [manager, '01890000-0000-7000-8000-000000000000'],
      [manager, 'not-an-id'],
    ] as const) {
      expect(await listOfferedEndpoints(actor, { instanceId })).toMatchObject({
        ok: false,
        error: { code: 'not_found' },
      })
    }
  })

  test('no endpoint accepts an instance of another workspace', async () => {
    const { owner, basic, instance1 } = await twoMethods()
    const endpoint = await anEndpoint(owner, 'List orders')
    await anEnablement(owner, endpoint.id, basic.id)
    const stranger = await anActor('administrator')
    expect(await acceptsInstance(workspaceDb(manager.workspaceId), endpoint.id, instance1.id)).toBe(true)
    expect(await acceptsInstance(workspaceDb(stranger.workspaceId), endpoint.id, instance1.id)).toBe(false)
  })
})

test('the picker counts 2,000 endpoints and shows fifty', async () => {
  const { owner, basic, instance1 } = await twoMethods()
  const database = systemDb()
  await database.endpoint.createMany({
    data: Array.from({ length: 2000 }, (_, number) => ({
      ...owner,
      key: `e-${number}`,
      name: `Endpoint ${number}`,
      foldedName: `endpoint ${number}`,
      entityType: `Type ${number % 40}`,
      url: `/e/${number}`,
    })),
  })
  await database.$executeRaw`
    INSERT INTO "Enablement" ("workspaceId", "connectorId", "endpointId", "methodId")
    SELECT "workspaceId", "connectorId", "id", ${basic.id}::uuid FROM "Endpoint" WHERE "connectorId" = ${owner.connectorId}::uuid`
  const page = await offered(instance1.id, 'endpoint 19')
  expect(page.counts).toEqual({ offered: 2000, hidden: 0 })
  expect(page.items).toHaveLength(50)
})

describe('the first instance that may call something', () => {
  const found = async (actor: Actor) => {
    const result = await findCallableInstance(actor, {})
    return result.ok ? result.value.instanceId : result.error
  }

  test('is not one without an endpoint, one that awaits its authorisation, or a disabled one', async () => {
    const actor = await anActor('manager')
    const owner = await aConnector(actor.workspaceId)
    const [none, basic] = [await aMethod(owner, 'none', 'none'), await aMethod(owner, 'basic auth', 'basic')]
    await anEnablement(owner, (await anEndpoint(owner, 'orders')).id, basic.id)
    await anInstance(owner, none.id)
    expect(await found(actor)).toBeNull()
    const [awaiting, disabled, second, first] = [
      await anInstance(owner, basic.id),
      await anInstance(owner, basic.id),
      await anInstance(owner, basic.id),
      await anInstance(owner, basic.id),
    ]
    const set = (id: string, data: object) => systemDb().instance.update({ where: { id }, data })
    await set(awaiting.id, { foldedName: '1', status: 'awaiting_authorisation' })
    await set(disabled.id, { foldedName: '2', disabledAt: new Date() })
    await set(second.id, { foldedName: '4' })
    await set(first.id, { foldedName: '3' })
    expect(await found(actor)).toBe(first.id)
    expect(await found(await aKeyActor(actor, { limits: { instanceIds: [second.id] } }))).toBe(second.id)
    await systemDb().connector.update({ where: { id: owner.connectorId }, data: { disabledAt: new Date() } })
    expect(await found(actor)).toBeNull()
  })
})
