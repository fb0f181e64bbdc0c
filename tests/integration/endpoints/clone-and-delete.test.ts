import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { cloneEndpoint } from '@/lib/endpoints/clone-endpoint'
import { deleteEndpoint } from '@/lib/endpoints/delete-endpoint'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import {
  aConnector,
  aFlowUsing,
  aMethod,
  anEnablement,
  anEndpoint,
  anInstance,
} from '@/tests/support/endpoint-builders'

let manager: PersonActor
let owner: Awaited<ReturnType<typeof aConnector>>
let method: { id: string }
let orders: { id: string }
beforeAll(async () => {
  await testDatabase()
})
beforeEach(async () => {
  manager = await anActor('manager')
  owner = await aConnector(manager.workspaceId)
  method = await aMethod(owner, 'basic auth')
  orders = await anEndpoint(owner, 'List orders', { url: '/orders', entityType: 'Orders' })
  await anEnablement(owner, orders.id, method.id)
})

describe('cloning', () => {
  test('copies details, parameters and variables, and no toggle (rule R2)', async () => {
    await systemDb().parameter.create({
      data: { ...owner, endpointId: orders.id, place: 'url', key: 'status', value: '{{ status }}', required: false },
    })
    const options = [{ value: 'open', label: 'Open' }]
    await systemDb().variable.create({
      data: {
        ...owner,
        level: 'endpoint',
        endpointId: orders.id,
        key: 'status',
        displayName: 'Status',
        inputKind: 'select',
        options,
      },
    })
    const cloned = await cloneEndpoint(manager, { endpointId: orders.id, name: 'List orders copy' })
    if (!cloned.ok) throw new Error(cloned.error.message)
    const copy = await systemDb().endpoint.findUniqueOrThrow({
      where: { id: cloned.value.id },
      include: { parameters: true, variables: true, enablements: true },
    })
    expect(copy).toMatchObject({
      name: 'List orders copy',
      url: '/orders',
      entityType: 'Orders',
      revision: 1,
      enablements: [],
    })
    expect(copy.parameters).toMatchObject([{ key: 'status', value: '{{ status }}', required: false }])
    expect(copy.variables).toMatchObject([{ key: 'status', options }])
    const original = await systemDb().endpoint.findUniqueOrThrow({
      where: { id: orders.id },
      include: { parameters: true, variables: true, enablements: true },
    })
    expect([original.parameters.length, original.variables.length, original.enablements.length]).toEqual([1, 1, 1])
    expect(await systemDb().auditLog.findMany({ where: { objectId: copy.id } })).toMatchObject([
      { action: 'clone_endpoint', changes: { fields: [{ field: 'copyOf', to: 'List orders' }] } },
    ])
  })

  test('a taken name, a foreign endpoint and a role that may not are refused', async () => {
    expect(await cloneEndpoint(manager, { endpointId: orders.id, name: 'list ORDERS' })).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
    expect(await cloneEndpoint(await anActor('manager'), { endpointId: orders.id, name: 'Mine' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(
      await cloneEndpoint(await anActor('user', manager.workspaceId), { endpointId: orders.id, name: 'Mine' }),
    ).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(await systemDb().endpoint.count({ where: { connectorId: owner.connectorId } })).toBe(1)
  })
})

describe('deleting (rule R11)', () => {
  const remove = (typedName = 'List orders') => deleteEndpoint(manager, { endpointId: orders.id, typedName })
  const exists = async () => (await systemDb().endpoint.count({ where: { id: orders.id } })) === 1
  const usedBy = async (name: string, state: 'draft' | 'deployed' | 'superseded') => {
    const instance = await anInstance(owner, method.id, `Instance of ${name}`)
    return aFlowUsing(owner, { name, instanceId: instance.id, endpointId: orders.id, state })
  }

  test('asks for the name, ignoring case; then it is deleted with its toggles, and audited', async () => {
    expect(await remove('List order')).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', field: 'typedName' },
    })
    expect(await exists()).toBe(true)
    expect(await remove('list orders')).toEqual({ ok: true, value: { connectorId: owner.connectorId } })
    expect(await exists()).toBe(false)
    expect(await systemDb().enablement.count({ where: { endpointId: orders.id } })).toBe(0)
    expect(await systemDb().auditLog.findMany({ where: { objectId: orders.id } })).toMatchObject([
      { action: 'delete_endpoint', objectName: 'List orders' },
    ])
  })

  test('is refused while draft or deployed versions use it, and names the flows', async () => {
    await usedBy('Nightly orders', 'draft')
    await usedBy('Stock sync', 'deployed')
    const refused = await remove()
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'in_use', message: expect.stringMatching(/Nightly orders.*Stock sync/) },
    })
    expect(await exists()).toBe(true)
    const detail = await getEndpoint(manager, { connectorId: owner.connectorId, endpointId: orders.id })
    expect(detail).toMatchObject({
      ok: true,
      value: { usedBy: { flowCount: 2, flows: [{ name: 'Nightly orders' }, { name: 'Stock sync' }] } },
    })
  })

  test('of many flows some are named and the others counted', async () => {
    for (let number = 1; number <= 8; number += 1) await usedBy(`Flow ${number}`, 'draft')
    expect(await remove()).toMatchObject({ ok: false, error: { message: expect.stringContaining('and 3 more') } })
  })

  test('a superseded version does not prevent it, and its shape stays (DATA §9)', async () => {
    const { shapeId } = await usedBy('Old flow', 'superseded')
    expect(await remove()).toMatchObject({ ok: true })
    expect(await systemDb().shape.findUnique({ where: { id: shapeId } })).toMatchObject({
      endpointId: null,
      name: 'Get orders',
    })
  })

  test('if a shape chooses it while it is deleted, one of the two succeeds and no reference is broken', async () => {
    const { shapeId } = await usedBy('Racing flow', 'superseded')
    await systemDb().shape.update({ where: { id: shapeId }, data: { endpointId: null } })
    await systemDb().flowVersion.updateMany({ where: { shapes: { some: { id: shapeId } } }, data: { state: 'draft' } })
    const [deleted, chosen] = await Promise.allSettled([
      remove(),
      systemDb().shape.update({ where: { id: shapeId }, data: { endpointId: orders.id } }),
    ])
    const gone = deleted.status === 'fulfilled' && deleted.value.ok
    expect(gone).toBe(chosen.status === 'rejected')
    expect(await exists()).toBe(!gone)
  })

  test('is refused for other workspaces, other roles and invalid ids', async () => {
    const typedName = 'List orders'
    expect(await deleteEndpoint(await anActor('administrator'), { endpointId: orders.id, typedName })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(
      await deleteEndpoint(await anActor('read_only', manager.workspaceId), { endpointId: orders.id, typedName }),
    ).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(await deleteEndpoint(manager, { endpointId: 'x', typedName })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await exists()).toBe(true)
  })
})
