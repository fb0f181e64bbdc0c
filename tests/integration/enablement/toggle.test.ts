import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { roles } from '@/lib/domain/access/roles'
import { setEnablement } from '@/lib/enablement/set-enablement'
import { listMethodSwitches } from '@/lib/enablement/list-method-switches'
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
let basic: { id: string }
let oauth: { id: string }
let orders: { id: string }

beforeAll(async () => {
  await testDatabase()
})
beforeEach(async () => {
  manager = await anActor('manager')
  owner = await aConnector(manager.workspaceId)
  basic = await aMethod(owner, 'basic auth')
  oauth = await aMethod(owner, 'OAuth 2', 'oauth2_authorization_code')
  orders = await anEndpoint(owner, 'List orders')
})

const isOn = async (methodId: string) =>
  (await systemDb().enablement.count({ where: { endpointId: orders.id, methodId } })) === 1
const auditOf = (action: string) =>
  systemDb().auditLog.findMany({ where: { workspaceId: manager.workspaceId, action } })

describe('rule R2: a toggle per endpoint and per method', () => {
  test('a new endpoint has every method off, a new method is off on every endpoint', async () => {
    const added = await aMethod(owner, 'API key', 'token')
    const switches = await listMethodSwitches(manager, { endpointId: orders.id })
    expect(switches).toMatchObject({
      ok: true,
      value: [{ enabled: false }, { enabled: false }, { methodId: added.id, enabled: false }],
    })
  })

  test('switching one on does not change the others, and is audited in words', async () => {
    expect(await setEnablement(manager, { endpointId: orders.id, methodId: basic.id, enabled: true })).toEqual({
      ok: true,
      value: { enabled: true },
    })
    expect([await isOn(basic.id), await isOn(oauth.id)]).toEqual([true, false])
    expect(await auditOf('set_enablement')).toMatchObject([
      {
        objectName: 'basic auth for List orders',
        actorName: manager.label,
        changes: { fields: [{ field: 'enablement', how: 'on', of: 'basic auth', names: ['List orders'] }] },
      },
    ])
  })

  test('setting the current state changes nothing and audits nothing', async () => {
    for (let time = 0; time < 3; time += 1)
      await setEnablement(manager, { endpointId: orders.id, methodId: basic.id, enabled: true })
    expect(await auditOf('set_enablement')).toHaveLength(1)
    for (let time = 0; time < 3; time += 1)
      await setEnablement(manager, { endpointId: orders.id, methodId: basic.id, enabled: false })
    expect(await auditOf('set_enablement')).toHaveLength(2)
  })
})

describe('rule R3: switching off a toggle that a flow uses', () => {
  async function usedByFlow(state: 'draft' | 'deployed' | 'superseded', name = 'Nightly orders') {
    await systemDb().enablement.createMany({
      data: [{ ...owner, endpointId: orders.id, methodId: basic.id }],
      skipDuplicates: true,
    })
    const instance = await anInstance(owner, basic.id, `Acme for ${name}`)
    return aFlowUsing(owner, { name, instanceId: instance.id, endpointId: orders.id, state })
  }
  const switchOff = (confirmStranding = false) =>
    setEnablement(manager, { endpointId: orders.id, methodId: basic.id, enabled: false, confirmStranding })

  test.each(['draft', 'deployed'] as const)(
    'asks first when a %s version uses it, and names the flow and its shape',
    async (state) => {
      await usedByFlow(state)
      const asked = await switchOff()
      expect(asked).toMatchObject({
        ok: false,
        error: {
          code: 'confirmation_needed',
          message: expect.stringContaining('Nightly orders'),
          strandedFlows: [
            {
              flowName: 'Nightly orders',
              shapes: [{ name: 'Get orders', endpointName: 'List orders', methodName: 'basic auth' }],
            },
          ],
        },
      })
      expect(await isOn(basic.id)).toBe(true)
      expect(await auditOf('set_enablement')).toEqual([])
    },
  )

  test('takes effect after confirmation, does not change the shape, and audits which flows break', async () => {
    const { shapeId } = await usedByFlow('deployed')
    expect(await switchOff(true)).toEqual({ ok: true, value: { enabled: false } })
    expect(await isOn(basic.id)).toBe(false)
    expect(await systemDb().shape.findUnique({ where: { id: shapeId } })).toMatchObject({ endpointId: orders.id })
    expect(await auditOf('set_enablement')).toMatchObject([
      {
        changes: {
          fields: [
            { field: 'enablement', how: 'off', of: 'basic auth', names: ['List orders'] },
            { field: 'brokenFlow', how: 'changed', names: ['Nightly orders'] },
          ],
        },
      },
    ])
  })

  test('does not ask for a superseded version, another method, or a toggle that is already off', async () => {
    await usedByFlow('superseded', 'Old flow')
    expect(await switchOff()).toMatchObject({ ok: true })
    await usedByFlow('draft')
    await anEnablement(owner, orders.id, oauth.id)
    expect(await setEnablement(manager, { endpointId: orders.id, methodId: oauth.id, enabled: false })).toMatchObject({
      ok: true,
    })
    expect(await switchOff(true)).toMatchObject({ ok: true })
    expect(await switchOff()).toMatchObject({ ok: true })
  })

  test('all flows are listed, but the sentence stays short', async () => {
    for (let number = 1; number <= 7; number += 1) await usedByFlow('draft', `Flow ${number}`)
    const asked = await switchOff()
    if (asked.ok) throw new Error('was not asked')
    expect(asked.error.strandedFlows).toHaveLength(7)
    expect(asked.error.message).toContain('3 others')
  })
})

describe('who and what is refused', () => {
  test.each(roles)('a %s may toggle only when the role may change', async (role) => {
    const actor = await anActor(role, manager.workspaceId)
    const result = await setEnablement(actor, { endpointId: orders.id, methodId: basic.id, enabled: true })
    const allowed = role === 'manager' || role === 'administrator'
    expect(result.ok).toBe(allowed)
    if (!result.ok) expect(result.error.code).toBe('not_allowed')
    expect(await isOn(basic.id)).toBe(allowed)
    expect((await listMethodSwitches(actor, { endpointId: orders.id })).ok).toBe(true)
  })

  test("another workspace's endpoint, another connector's method, unknown and malformed ids are not found", async () => {
    const stranger = await anActor('administrator')
    const otherConnector = await aConnector(manager.workspaceId)
    const foreign = await aMethod(otherConnector, 'basic auth')
    const unknown = '01890000-0000-7000-8000-000000000000'
    for (const [actor, endpointId, methodId] of [
      [stranger, orders.id, basic.id],
      [manager, orders.id, foreign.id],
      [manager, unknown, basic.id],
      [manager, orders.id, unknown],
      [manager, 'x', 'y'],
    ] as const) {
      expect(await setEnablement(actor, { endpointId, methodId, enabled: true })).toMatchObject({
        ok: false,
        error: { code: 'not_found' },
      })
    }
    expect(await systemDb().enablement.count({ where: { endpointId: orders.id } })).toBe(0)
    expect(await listMethodSwitches(stranger, { endpointId: orders.id })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

describe('several people at once', () => {
  test('twenty people switching the same toggle on: all succeed, one change, one audit line', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        setEnablement(manager, { endpointId: orders.id, methodId: basic.id, enabled: true }),
      ),
    )
    expect(results.every((result) => result.ok)).toBe(true)
    expect(await isOn(basic.id)).toBe(true)
    expect(await auditOf('set_enablement')).toHaveLength(1)
  })

  test('one on and one off at the same time: both succeed and the last one wins', async () => {
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.all(
        [true, false].map((enabled) => setEnablement(manager, { endpointId: orders.id, methodId: basic.id, enabled })),
      )
      expect(results.map((result) => result.ok)).toEqual([true, true])
    }
    const last = (await auditOf('set_enablement')).length
    expect(await isOn(basic.id)).toBe(last % 2 === 1)
  })

  test('a toggle while the endpoint is deleted either succeeds first or is not found', async () => {
    for (let round = 0; round < 10; round += 1) {
      const endpoint = await anEndpoint(owner, `Endpoint ${round}`)
      const [toggled] = await Promise.all([
        setEnablement(manager, { endpointId: endpoint.id, methodId: basic.id, enabled: true }),
        systemDb().endpoint.delete({ where: { id: endpoint.id } }),
      ])
      if (!toggled.ok) expect(toggled.error.code).toBe('not_found')
      expect(await systemDb().enablement.count({ where: { endpointId: endpoint.id } })).toBe(0)
    }
  })
})
