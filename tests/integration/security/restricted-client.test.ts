import { beforeAll, describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import type { Actor, ActorLimits } from '@/lib/domain/access/actor'
import { listMethodSwitches } from '@/lib/enablement/list-method-switches'
import { limitRuleOf } from '@/lib/platform/db/actor-limits'
import { narrowedRelations } from '@/lib/platform/db/narrow-relations'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { aWorkspace } from '@/tests/support/builders'
import { valueOf } from '@/tests/support/definition-builders'
import { testDatabase } from '@/tests/support/database'

/** The client applies the limits of a restricted key, like the workspace (DATA §14). */

let workspaceId: string
let own: Awaited<ReturnType<typeof aConnectorWithTwoInstances>>
let other: Awaited<ReturnType<typeof aConnectorWithTwoInstances>>

async function aConnectorWithTwoInstances() {
  const acme = await acmeConnector(workspaceId, 'https://api.acme.test')
  const method = await acmeMethod(acme, 'basic')
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  const first = await acmeInstance(acme, method, acmeBasicValues)
  const second = await acmeInstance(acme, method, acmeBasicValues)
  return { connectorId: acme.connectorId, method, endpoint, first, second }
}

beforeAll(async () => {
  await testDatabase()
  workspaceId = (await aWorkspace()).id
  own = await aConnectorWithTwoInstances()
  other = await aConnectorWithTwoInstances()
})

const limitedTo = (limits: ActorLimits) => workspaceDb(workspaceId, limits)
const byConnector = () => limitedTo({ connectorIds: [own.connectorId], instances: [] })
const byInstance = () =>
  limitedTo({ connectorIds: [], instances: [{ id: own.first.id, connectorId: own.connectorId }] })
const nobody: ActorLimits = { connectorIds: [], instances: [] }
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()

describe('A key limited to a connector', () => {
  test('sees and counts only that connector and its instances', async () => {
    const db = byConnector()
    expect(ids(await db.connector.findMany())).toEqual([own.connectorId])
    expect(ids(await db.instance.findMany())).toEqual([own.first.id, own.second.id].sort())
    expect(await db.instance.count()).toBe(2)
    expect(ids(await db.endpoint.findMany())).toEqual([own.endpoint.id])
    expect(await db.instanceValue.count()).toBe(4)
    expect(await db.enablement.count()).toBe(1)
  })

  test('finds nothing of another connector by its id, and changes nothing there', async () => {
    const db = byConnector()
    expect(await db.instance.findFirst({ where: { id: other.first.id } })).toBeNull()
    expect(await db.instance.findUnique({ where: { workspaceId, id: other.first.id } })).toBeNull()
    expect(await db.instance.updateMany({ where: { id: other.first.id }, data: { statusReason: 'x' } })).toEqual({
      count: 0,
    })
    expect(await db.endpoint.deleteMany({ where: { id: other.endpoint.id } })).toEqual({ count: 0 })
  })

  test('creates nothing outside its connectors', async () => {
    const data = { workspaceId, key: 'x', name: 'x', foldedName: 'x', entityType: 'Orders', url: '/x' }
    await expect(byConnector().endpoint.create({ data: { ...data, connectorId: other.connectorId } })).rejects.toThrow(
      'a restricted key may not create this Endpoint',
    )
    await expect(
      byConnector().endpoint.create({ data: { ...data, connectorId: own.connectorId } }),
    ).resolves.toBeDefined()
  })
})

describe('A key limited to an instance', () => {
  test('sees that instance and the definition of its connector', async () => {
    const db = byInstance()
    expect(ids(await db.instance.findMany())).toEqual([own.first.id])
    expect(ids(await db.connector.findMany())).toEqual([own.connectorId])
    expect(await db.authenticationMethod.count()).toBe(1)
    expect(await db.instanceValue.count()).toBe(2)
  })

  test('changes the instance, never the definition', async () => {
    const db = byInstance()
    expect(await db.connector.updateMany({ where: { id: own.connectorId }, data: { description: 'x' } })).toEqual({
      count: 0,
    })
    expect(await db.instance.updateMany({ where: {}, data: { statusReason: 'seen' } })).toEqual({ count: 1 })
  })
})

describe('A relation read by a key limited to an instance', () => {
  test('contains only that instance when the instances of a method are counted', async () => {
    const [method] = await byInstance().authenticationMethod.findMany({
      select: { _count: { select: { instances: true } } },
    })
    expect(method?._count.instances).toBe(1)
  })

  test('contains only that instance when they are selected at any depth, with or without a filter', async () => {
    const [connector] = await byInstance().connector.findMany({
      select: {
        instances: { where: { status: { not: 'awaiting_authorisation' } }, select: { id: true } },
        methods: { include: { instances: true } },
      },
    })
    expect(ids(connector!.instances)).toEqual([own.first.id])
    expect(ids(connector!.methods[0]!.instances)).toEqual([own.first.id])
  })

  test('cannot be filtered by the name of another instance', async () => {
    const named = (foldedName: string) => ({ OR: [{ instances: { some: { foldedName } } }] })
    const names = await workspaceDb(workspaceId).instance.findMany({
      where: { id: { in: [own.first.id, own.second.id] } },
      select: { id: true, foldedName: true },
    })
    const nameOf = (id: string) => names.find((row) => row.id === id)!.foldedName
    expect(await byInstance().connector.count({ where: named(nameOf(own.first.id)) })).toBe(1)
    expect(await byInstance().connector.count({ where: named(nameOf(own.second.id)) })).toBe(0)
    const none = { instances: { none: { foldedName: nameOf(own.second.id) } } }
    expect(await byInstance().connector.count({ where: none })).toBe(1)
    const every = { instances: { every: { foldedName: nameOf(own.first.id) } } }
    expect(await byInstance().connector.count({ where: every })).toBe(1)
  })

  test('cannot be sorted by', async () => {
    await expect(byInstance().connector.findMany({ orderBy: { instances: { _count: 'asc' } } })).rejects.toThrow(
      'a restricted key may not order by rows that it may not see',
    )
  })

  test('cannot be read with SQL, which is not limited', async () => {
    await expect(
      byInstance().$queryRaw`SELECT 1 FROM "Instance" WHERE "workspaceId" = ${workspaceId}::uuid`,
    ).rejects.toThrow('a restricted key may not use SQL that nothing narrows')
    await expect(
      byInstance().$executeRaw`SELECT 1 FROM "Instance" WHERE "workspaceId" = ${workspaceId}::uuid`,
    ).rejects.toThrow('a restricted key may not use SQL that nothing narrows')
  })

  test('limits what the screens of its connector show', async () => {
    const key: Actor = {
      kind: 'api_key',
      callOnly: false,
      workspaceId,
      label: 'key',
      keyId: own.first.id,
      ownerId: own.first.id,
      role: 'administrator',
      limits: { connectorIds: [], instances: [{ id: own.first.id, connectorId: own.connectorId }] },
    }
    const connectors = valueOf(await listConnectors(key, readConnectorFilter({})))
    expect(connectors.items.map(({ id }) => id)).toEqual([own.connectorId])
    expect(ids(connectors.items[0]!.instances)).toEqual([own.first.id])
    expect(connectors.items[0]).toMatchObject({ instancesTotal: 1, instancesMatching: 1 })
    expect(connectors.instances).toBe(1)
    const methods = valueOf(await listMethods(key, { connectorId: own.connectorId }))
    expect(methods.map(({ instances }) => instances)).toEqual([1])
    const switches = valueOf(await listMethodSwitches(key, { endpointId: own.endpoint.id }))
    expect(switches.map(({ instances }) => instances)).toEqual([1])
  })

  test('is limited for every list in the schema whose rows are not visible with their owner', () => {
    const models = readFileSync('prisma/schema.prisma', 'utf8').matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)
    const lists = [...models].flatMap(([, owner, fields]) =>
      [...fields!.matchAll(/^ +(\w+) +(\w+)\[\]/gm)].map(([, name, model]) => ({
        owner: owner!,
        name: name!,
        model: model!,
      })),
    )
    const isOfDefinition = (model: string) => 'connectorId' in limitRuleOf(model).reads(nobody) || model === 'Connector'
    const isOfInstance = (model: string) => 'instance' in limitRuleOf(model).reads(nobody)
    const narrowed = lists.filter(
      ({ owner, model }) =>
        model in Prisma.ModelName &&
        (isOfDefinition(owner) ? !isOfDefinition(model) : owner === 'Instance' && !isOfInstance(model)),
    )
    expect(Object.fromEntries(narrowed.map(({ name, model }) => [name, model]))).toEqual(narrowedRelations)
    for (const { name, model } of lists) if (name in narrowedRelations) expect(narrowedRelations[name]).toBe(model)
  })
})

describe('A key with limits to objects that no longer exist', () => {
  const models = Object.values(Prisma.ModelName).filter(
    (model) =>
      'workspaceId' in (Prisma as unknown as Record<string, object>)[`${model}ScalarFieldEnum`]! &&
      // Only reached through a line of the request log, which is itself not visible.
      model !== 'RequestLogBody',
  )

  test.each(models)('sees no row of %s', async (model) => {
    const db = limitedTo(nobody) as unknown as Record<string, { count: () => Promise<number> }>
    expect(await db[model[0]!.toLowerCase() + model.slice(1)]!.count()).toBe(0)
  })
})
