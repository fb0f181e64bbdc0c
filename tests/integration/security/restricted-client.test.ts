import { beforeAll, describe, expect, test } from 'vitest'
import type { ActorLimits } from '@/lib/domain/access/actor'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

/** The limits of a restricted key are applied by the client, as the workspace is (DATA §14). */

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
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()

describe('A key limited to a connector', () => {
  test('sees and counts that connector and its instances, and nothing else', async () => {
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
  test('sees that instance, and of its connector the definition', async () => {
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

describe('A key whose limits name nothing any more', () => {
  const models = Object.values(Prisma.ModelName).filter(
    (model) =>
      'workspaceId' in (Prisma as unknown as Record<string, object>)[`${model}ScalarFieldEnum`]! &&
      // Reached only through a line of the request log, which is closed itself.
      model !== 'RequestLogBody',
  )

  test.each(models)('sees no row of %s', async (model) => {
    const db = limitedTo({ connectorIds: [], instances: [] }) as unknown as Record<
      string,
      { count: () => Promise<number> }
    >
    expect(await db[model[0]!.toLowerCase() + model.slice(1)]!.count()).toBe(0)
  })
})
