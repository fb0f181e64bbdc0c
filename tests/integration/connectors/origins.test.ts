import { beforeAll, expect, it } from 'vitest'
import { workspaceDb, systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { confirmOrigin } from '@/lib/connectors/origins/confirm-origin'
import { confirmedOrigins } from '@/lib/connectors/origins/confirmed-origins'
import { listPendingOrigins } from '@/lib/connectors/origins/list-pending-origins'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'

beforeAll(async () => {
  await testDatabase()
})

async function made() {
  const actor = await anActor('manager')
  const place = await aConnector(actor.workspaceId, undefined, 'https://api.acme.test')
  await sync(actor, place.connectorId)
  return { actor, place, connectorId: place.connectorId }
}

const sync = (actor: PersonActor, connectorId: string) =>
  workspaceDb(actor.workspaceId).$transaction((tx) => syncConnectorOrigins(tx, actor, connectorId))

it('without instances a new origin is confirmed immediately', async () => {
  const { actor, place, connectorId } = await made()
  await anEndpoint(place, 'Elsewhere', { url: 'https://files.acme.test/list' })
  expect(await sync(actor, connectorId)).toEqual({ pending: [] })
  expect((await confirmedOrigins(actor.workspaceId, connectorId)).sort()).toEqual([
    'https://api.acme.test',
    'https://files.acme.test',
  ])
})

it('with instances a new origin waits, with its source, and is not confirmed by a second sync', async () => {
  const { actor, place, connectorId } = await made()
  await anInstance(place, (await aMethod(place, 'basic auth')).id)
  await anEndpoint(place, 'Elsewhere', { url: 'https://evil.test/list' })
  expect(await sync(actor, connectorId)).toEqual({ pending: ['https://evil.test'] })
  expect(await sync(actor, connectorId)).toEqual({ pending: ['https://evil.test'] })
  expect(await confirmedOrigins(actor.workspaceId, connectorId)).toEqual(['https://api.acme.test'])
  const pending = await listPendingOrigins(actor, { connectorId })
  expect(pending.ok && pending.value).toMatchObject([{ origin: 'https://evil.test', from: ['Endpoint Elsewhere'] }])
})

it('only an administrator confirms, once, and it is in the audit log', async () => {
  const { actor, place, connectorId } = await made()
  await anInstance(place, (await aMethod(place, 'basic auth')).id)
  await systemDb().connector.update({ where: { id: connectorId }, data: { allowedHosts: ['*.acme.test'] } })
  await sync(actor, connectorId)
  const input = { connectorId, origin: 'https://*.acme.test' }
  for (const role of ['read_only', 'user', 'manager'] as const) {
    expect(await confirmOrigin(await anActor(role, actor.workspaceId), input)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
  }
  const administrator = await anActor('administrator', actor.workspaceId)
  expect(await confirmOrigin(await anActor('administrator'), input)).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
  expect(await confirmOrigin(administrator, { ...input, origin: 'https://evil.test' })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
  expect((await confirmOrigin(administrator, input)).ok).toBe(true)
  expect(await confirmOrigin(administrator, input)).toMatchObject({ ok: false, error: { code: 'not_found' } })
  expect(await confirmedOrigins(actor.workspaceId, connectorId)).toContain('https://*.acme.test')
  expect(
    await systemDb().auditLog.count({
      where: { workspaceId: actor.workspaceId, action: 'confirm_origin', userId: administrator.userId },
    }),
  ).toBe(1)
})

it('an origin that is no longer used is deleted, and has to be confirmed again if it is used again', async () => {
  const { actor, place, connectorId } = await made()
  const endpoint = await anEndpoint(place, 'Elsewhere', { url: 'https://files.acme.test/list' })
  await sync(actor, connectorId)
  await anInstance(place, (await aMethod(place, 'basic auth')).id)
  const point = async (url: string) => {
    await systemDb().endpoint.update({ where: { id: endpoint.id }, data: { url } })
    return sync(actor, connectorId)
  }
  expect(await point('/list')).toEqual({ pending: [] })
  expect(await confirmedOrigins(actor.workspaceId, connectorId)).toEqual(['https://api.acme.test'])
  expect(await point('https://files.acme.test/list')).toEqual({ pending: ['https://files.acme.test'] })
})

it('two changes of one connector at the same time both keep their origins', async () => {
  const { actor, place, connectorId } = await made()
  const add = (name: string) =>
    workspaceDb(actor.workspaceId).$transaction(async (tx) => {
      const foldedName = name
      await tx.endpoint.create({ data: { ...place, key: name, name, foldedName, url: `https://${name}.acme.test/x` } })
      return syncConnectorOrigins(tx, actor, connectorId)
    })
  await Promise.all(['a', 'b', 'c', 'd'].map(add))
  expect((await confirmedOrigins(actor.workspaceId, connectorId)).sort()).toEqual(
    ['a', 'api', 'b', 'c', 'd'].map((name) => `https://${name}.acme.test`),
  )
})
