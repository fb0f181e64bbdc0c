import { beforeEach, describe, expect, test } from 'vitest'
import { findApiKey } from '@/lib/api-keys/find-api-key'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import type { PersonActor } from '@/lib/domain/access/actor'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { systemDb } from '@/lib/platform/db/client'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { aKeyActor, anApiKey } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { recordStatements } from '../performance/recorded-statements'

/** From the text that a program presents to the actor of its key (DATA §14). */

await testDatabase()

let owner: PersonActor

beforeEach(async () => {
  owner = await anActor('manager')
})

const address = '203.0.113.7'
const minutes = (count: number) => new Date(Date.now() + count * 60_000)
const changeKey = (id: string, data: Parameters<ReturnType<typeof systemDb>['apiKey']['update']>[0]['data']) =>
  systemDb().apiKey.update({ where: { id }, data })

describe('the actor of a key', () => {
  test('has its workspace, owner, role, limits and name, and the address of the request', async () => {
    const { key, keyId } = await anApiKey(owner, { name: 'Nightly', role: 'manager', callOnly: true })
    expect(await findApiKey(key, address)).toEqual({
      kind: 'api_key',
      workspaceId: owner.workspaceId,
      keyId,
      ownerId: owner.userId,
      role: 'manager',
      limits: null,
      callOnly: true,
      label: 'Nightly',
      address,
    })
  })

  test('has the current role of its owner, where that is lower', async () => {
    const { key } = await anApiKey(owner, { role: 'administrator' })
    expect(await findApiKey(key, null)).toMatchObject({ role: 'manager' })
    await systemDb().membership.updateMany({ where: { userId: owner.userId }, data: { role: 'read_only' } })
    expect(await findApiKey(key, null)).toMatchObject({ role: 'read_only' })
  })

  test('has its own role, where the role of its owner is higher', async () => {
    const { key } = await anApiKey(owner, { role: 'read_only' })
    expect(await findApiKey(key, null)).toMatchObject({ role: 'read_only' })
  })

  test('has the connectors, and the instances with their connectors, to which it is restricted', async () => {
    const [one, other] = [await aConnector(), await aConnector()]
    const limits = { connectorIds: [one.connectorId], instanceIds: [other.instanceId] }
    const { key } = await anApiKey(owner, { limits })
    expect(await findApiKey(key, null)).toMatchObject({
      limits: {
        connectorIds: [one.connectorId],
        instances: [{ id: other.instanceId, connectorId: other.connectorId }],
      },
    })
  })

  test('may access nothing if it is restricted and everything it was limited to was deleted', async () => {
    const one = await aConnector()
    const { key } = await anApiKey(owner, { limits: { instanceIds: [one.instanceId] } })
    await systemDb().instance.deleteMany({ where: { id: one.instanceId } })
    expect(await findApiKey(key, null)).toMatchObject({ limits: { connectorIds: [], instances: [] } })
  })
})

describe('there is no actor', () => {
  test('for a key that was revoked', async () => {
    const { key, keyId } = await anApiKey(owner)
    await changeKey(keyId, { revokedAt: new Date() })
    expect(await findApiKey(key, null)).toBeNull()
  })

  test('for a key that has expired, until its expiry is later', async () => {
    const { key, keyId } = await anApiKey(owner, { expiresAt: minutes(-1) })
    expect(await findApiKey(key, null)).toBeNull()
    await changeKey(keyId, { expiresAt: minutes(1) })
    expect(await findApiKey(key, null)).not.toBeNull()
  })

  test('for a key whose owner is not in the workspace', async () => {
    const { key } = await anApiKey(owner)
    const elsewhere = await anActor('administrator')
    await systemDb().membership.updateMany({
      where: { userId: owner.userId },
      data: { workspaceId: elsewhere.workspaceId },
    })
    expect(await findApiKey(key, null)).toBeNull()
  })

  test('for the hash of a key, or a key with one other character', async () => {
    const { key, keyHash } = await anApiKey(owner)
    const other = key.endsWith('A') ? 'B' : 'A'
    for (const text of [keyHash, `pb_${keyHash}`, key.slice(0, -1) + other])
      expect(await findApiKey(text, null)).toBeNull()
  })
})

test('a key is found with one query, and a text of another form never reaches the database', async () => {
  const limits = { connectorIds: [(await aConnector()).connectorId] }
  const { key } = await anApiKey(owner, { limits, lastUsedAt: new Date() })
  expect(await recordStatements(() => findApiKey(key, null))).toHaveLength(1)
  for (const text of ['', 'pb_', `${key}A`, key.slice(3), `${key}\0`, "pb_' OR true --"])
    expect(await recordStatements(() => findApiKey(text, null))).toEqual([])
})

describe('the last use', () => {
  const lastUse = (id: string) =>
    systemDb().apiKey.findUniqueOrThrow({ where: { id }, select: { lastUsedAt: true, lastUsedAddress: true } })

  test('is written with its address', async () => {
    const { key, keyId } = await anApiKey(owner)
    await findApiKey(key, address)
    await expect.poll(() => lastUse(keyId)).toEqual({ lastUsedAt: expect.any(Date), lastUsedAddress: address })
  })

  test('is not written again within a minute, and is after it', async () => {
    const earlier = { lastUsedAt: minutes(-0.9), lastUsedAddress: address }
    const { key, keyId } = await anApiKey(owner, earlier)
    const other = await anApiKey(owner)
    const statements = await recordStatements(async () => {
      await findApiKey(key, '203.0.113.8')
      await findApiKey(other.key, '203.0.113.8')
      await expect.poll(() => lastUse(other.keyId)).toMatchObject({ lastUsedAddress: '203.0.113.8' })
    })
    expect(statements.filter(({ text }) => text.includes('UPDATE "ApiKey"'))).toHaveLength(1)
    expect(await lastUse(keyId)).toEqual(earlier)
    await changeKey(keyId, { lastUsedAt: minutes(-1.1) })
    await findApiKey(key, '203.0.113.8')
    await expect.poll(() => lastUse(keyId)).toMatchObject({ lastUsedAddress: '203.0.113.8' })
  })

  test('is not awaited: a request does not wait while nothing can be written', async () => {
    const { key } = await anApiKey(owner)
    await systemDb().$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE "ApiKey" IN SHARE MODE`
      expect(await findApiKey(key, address)).not.toBeNull()
    })
  })

  test('is not written for a key that is refused', async () => {
    const { key, keyId } = await anApiKey(owner, { revokedAt: new Date() })
    await findApiKey(key, address)
    const good = await anApiKey(owner)
    await findApiKey(good.key, address)
    await expect.poll(async () => (await lastUse(good.keyId)).lastUsedAt).not.toBeNull()
    expect((await lastUse(keyId)).lastUsedAt).toBeNull()
  })
})

describe('a key that may only call', () => {
  test('reads the instances and their endpoints, and nothing else', async () => {
    const one = await aConnector()
    const caller = await aKeyActor(owner, { callOnly: true, role: 'manager' })
    const options = valueOf(await listInstanceOptions(caller, { search: '' }))
    expect(options.map(({ id }) => id)).toEqual([one.instanceId])
    const offered = valueOf(await listOfferedEndpoints(caller, { instanceId: one.instanceId }))
    expect(offered.items.map(({ id }) => id)).toEqual([one.endpointId])
    expect(await listConnectors(caller, readConnectorFilter({}))).toMatchObject({
      error: { code: 'not_allowed', message: expect.stringContaining('may only call endpoints') },
    })
  })

  test('sees only the instances and endpoints that it is limited to', async () => {
    const [own, other] = [await aConnector(), await aConnector()]
    const caller = await aKeyActor(owner, { callOnly: true, limits: { instanceIds: [own.instanceId] } })
    const options = valueOf(await listInstanceOptions(caller, { search: '' }))
    expect(options.map(({ id }) => id)).toEqual([own.instanceId])
    expect(valueOf(await listOfferedEndpoints(caller, { instanceId: own.instanceId })).items).toHaveLength(1)
    expect(await listOfferedEndpoints(caller, { instanceId: other.instanceId })).toMatchObject({
      error: { code: 'not_found' },
    })
  })
})

async function aConnector() {
  const acme = await acmeConnector(owner.workspaceId, 'https://api.acme.test')
  const method = await acmeMethod(acme, 'basic')
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  const instance = await acmeInstance(acme, method, acmeBasicValues)
  return { connectorId: acme.connectorId, instanceId: instance.id, endpointId: endpoint.id }
}
