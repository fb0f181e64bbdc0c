import { beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { deleteInstance } from '@/lib/instances/delete-instance'
import { discardInstance } from '@/lib/instances/discard-instance'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { aConnector, aFlowUsing, aMethod, anEndpoint, anInstance } from '../../support/endpoint-builders'

const { sql } = await testDatabase()

let manager: PersonActor
let owner: { workspaceId: string; connectorId: string }
let instance: { id: string; name: string }
let endpointId: string

beforeEach(async () => {
  manager = await anActor('manager')
  owner = await aConnector(manager.workspaceId)
  instance = await anInstance(owner, (await aMethod(owner, 'basic auth')).id, 'Acme UK')
  endpointId = (await anEndpoint(owner, 'List orders')).id
})

const remove = (typedName = 'Acme UK', actor = manager) => deleteInstance(actor, { instanceId: instance.id, typedName })
const isThere = async () =>
  (await systemDb().instance.count({ where: { id: instance.id, workspaceId: owner.workspaceId } })) === 1

describe('deleting an instance', () => {
  test('asks for its name and is audited (rule R11)', async () => {
    expect(await remove('Acme')).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'typedName' } })
    expect(await isThere()).toBe(true)
    expect(await remove('acme uk')).toMatchObject({ ok: true, value: { name: 'Acme UK' } })
    expect(await isThere()).toBe(false)
    expect(await sql('SELECT "action", "objectName" FROM "AuditLog" WHERE "objectId" = $1', [instance.id])).toEqual([
      { action: 'delete_instance', objectName: 'Acme UK' },
    ])
  })

  test.each(['draft', 'deployed'] as const)(
    'is refused while the %s version of a flow uses it, which is named (rule R11)',
    async (state) => {
      await aFlowUsing(owner, { name: 'Nightly orders', instanceId: instance.id, endpointId, state })
      const result = await remove()
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'in_use', message: expect.stringContaining('“Nightly orders”') },
      })
      expect(await isThere()).toBe(true)
    },
  )

  test('is not prevented by a superseded version (DATA §9)', async () => {
    const { shapeId } = await aFlowUsing(owner, {
      name: 'Old orders',
      instanceId: instance.id,
      endpointId,
      state: 'superseded',
    })
    expect(await remove()).toMatchObject({ ok: true })
    expect(await sql('SELECT "instanceId" FROM "Shape" WHERE "id" = $1', [shapeId])).toEqual([{ instanceId: null }])
  })

  test.each(['read_only', 'user'] as const)('is refused for the role %s', async (role) => {
    const person = await anActor(role, manager.workspaceId)
    expect(await remove('Acme UK', person)).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(await discardInstance(person, { instanceId: instance.id })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
  })

  test('of another workspace finds nothing', async () => {
    expect(await remove('Acme UK', await anActor('manager'))).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await deleteInstance(manager, { instanceId: 'not-an-id', typedName: '' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await isThere()).toBe(true)
  })

  test('without its name is only for those never authorised', async () => {
    expect(await discardInstance(manager, { instanceId: instance.id })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    })
    expect(await isThere()).toBe(true)
  })
})
