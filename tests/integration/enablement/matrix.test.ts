import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { applyMatrix } from '@/lib/enablement/apply-matrix'
import { getMatrix } from '@/lib/enablement/get-matrix'
import { planMatrix } from '@/lib/enablement/plan-matrix'
import { applyMatrixSchema } from '@/lib/enablement/schema'
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

beforeAll(async () => {
  await testDatabase()
})
beforeEach(async () => {
  manager = await anActor('manager')
  owner = await aConnector(manager.workspaceId)
  basic = await aMethod(owner, 'basic auth')
  oauth = await aMethod(owner, 'OAuth 2', 'oauth2_authorization_code')
})

const endpoints = async (count: number) => {
  const made = []
  for (let number = 0; number < count; number += 1) made.push((await anEndpoint(owner, `Endpoint ${number}`)).id)
  return made
}
const on = async () =>
  (await systemDb().enablement.findMany({ where: { connectorId: owner.connectorId } }))
    .map((row) => `${row.methodId} ${row.endpointId}`)
    .sort()
const cells = (methodId: string, ids: string[]) => ids.map((id) => `${methodId} ${id}`)

describe('staged changes', () => {
  test('are applied together: some on, some off, the rest unchanged, with one audit line per changed method', async () => {
    const [first, second, third] = (await endpoints(3)) as [string, string, string]
    await anEnablement(owner, first, basic.id)
    await anEnablement(owner, third, oauth.id)
    const applied = await applyMatrix(manager, {
      connectorId: owner.connectorId,
      changes: [
        { methodId: basic.id, enable: [second], disable: [first] },
        { methodId: oauth.id, enable: [third], disable: [] },
      ],
    })
    expect(applied).toEqual({ ok: true, value: { enabled: 1, disabled: 1, unchanged: 1, gone: 0 } })
    expect(await on()).toEqual([...cells(basic.id, [second]), ...cells(oauth.id, [third])].sort())
    const audit = await systemDb().auditLog.findMany({
      where: { workspaceId: manager.workspaceId, action: 'apply_matrix' },
    })
    expect(audit).toMatchObject([
      {
        objectName: 'basic auth',
        changes: {
          fields: [
            { field: 'enablement', how: 'on', of: 'basic auth', names: ['Endpoint 1'] },
            { field: 'enablement', how: 'off', of: 'basic auth', names: ['Endpoint 0'] },
          ],
        },
      },
    ])
  })

  test('first show the flows that would break, and are only applied after confirmation (rule R3)', async () => {
    const [used, free] = (await endpoints(2)) as [string, string]
    for (const id of [used, free]) await anEnablement(owner, id, basic.id)
    const instance = await anInstance(owner, basic.id)
    await aFlowUsing(owner, { name: 'Nightly orders', instanceId: instance.id, endpointId: used, state: 'deployed' })
    const changes = [{ methodId: basic.id, enable: [], disable: [used, free] }]
    const idle = await planMatrix(manager, {
      connectorId: owner.connectorId,
      changes: [
        { methodId: basic.id, enable: [used], disable: [] },
        { methodId: oauth.id, enable: [], disable: [used] },
      ],
    })
    expect(idle).toEqual({ ok: true, value: { strandedFlows: [] } })
    expect(await planMatrix(manager, { connectorId: owner.connectorId, changes })).toMatchObject({
      ok: true,
      value: { strandedFlows: [{ flowName: 'Nightly orders' }] },
    })
    expect(await applyMatrix(manager, { connectorId: owner.connectorId, changes })).toMatchObject({
      ok: false,
      error: { code: 'confirmation_needed', strandedFlows: [{ flowName: 'Nightly orders' }] },
    })
    expect(await on()).toHaveLength(2)
    expect(
      await applyMatrix(manager, { connectorId: owner.connectorId, changes, confirmStranding: true }),
    ).toMatchObject({
      ok: true,
      value: { disabled: 2 },
    })
    expect(await on()).toEqual([])
  })

  test('2,000 endpoints × 10 methods are applied in one go, quickly', async () => {
    const methods = [basic, oauth]
    for (let number = 3; number <= 10; number += 1) methods.push(await aMethod(owner, `Method ${number}`))
    await systemDb().endpoint.createMany({
      data: Array.from({ length: 2000 }, (_, number) => ({
        ...owner,
        key: `e-${number}`,
        name: `E ${number}`,
        foldedName: `e ${number}`,
        entityType: 'Bulk',
      })),
    })
    const ids = (
      await systemDb().endpoint.findMany({ where: { connectorId: owner.connectorId }, select: { id: true } })
    ).map((row) => row.id)
    const changes = methods.map((method) => ({ methodId: method.id, enable: ids, disable: [] }))
    expect(applyMatrixSchema.safeParse({ connectorId: owner.connectorId, changes }).success).toBe(true)
    expect(await applyMatrix(manager, { connectorId: owner.connectorId, changes })).toMatchObject({
      ok: true,
      value: { enabled: 20_000 },
    })
    const matrix = await getMatrix(manager, { connectorId: owner.connectorId })
    if (!matrix.ok) throw new Error(matrix.error.message)
    expect(matrix.value.endpoints).toHaveLength(2000)
    expect(matrix.value.endpoints.every((endpoint) => endpoint.enabled.length === 10)).toBe(true)
  })
})

describe('lost races', () => {
  test('cells of a deleted endpoint or method are counted and skipped, the others applied', async () => {
    const [present, gone] = (await endpoints(2)) as [string, string]
    await systemDb().endpoint.delete({ where: { id: gone } })
    const applied = await applyMatrix(manager, {
      connectorId: owner.connectorId,
      changes: [
        { methodId: basic.id, enable: [present, gone], disable: [] },
        { methodId: '01890000-0000-7000-8000-000000000000', enable: [present], disable: [] },
      ],
    })
    expect(applied).toEqual({ ok: true, value: { enabled: 1, disabled: 0, unchanged: 0, gone: 2 } })
  })

  test('an endpoint that is deleted while the matrix is applied causes no error and leaves nothing behind', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ids = await endpointsOfRound(round)
      for (const id of ids.slice(0, 10)) await anEnablement(owner, id, oauth.id)
      const [applied] = await Promise.all([
        applyMatrix(manager, {
          connectorId: owner.connectorId,
          changes: [
            { methodId: basic.id, enable: ids, disable: [] },
            { methodId: oauth.id, enable: [], disable: ids },
          ],
        }),
        ...ids.slice(5, 15).map((id) => systemDb().endpoint.delete({ where: { id } })),
      ])
      expect(applied.ok).toBe(true)
      expect(await systemDb().enablement.count({ where: { endpointId: { in: ids.slice(5, 15) } } })).toBe(0)
      expect(await systemDb().enablement.count({ where: { endpointId: { in: ids }, methodId: basic.id } })).toBe(10)
    }
  })
  async function endpointsOfRound(round: number) {
    const made = []
    for (let number = 0; number < 20; number += 1)
      made.push((await anEndpoint(owner, `Round ${round} endpoint ${number}`)).id)
    return made
  }

  test('two people applying overlapping matrices in opposite orders both succeed', async () => {
    const ids = await endpoints(40)
    const backwards = [...ids].reverse()
    const results = await Promise.all([
      applyMatrix(manager, {
        connectorId: owner.connectorId,
        changes: [
          { methodId: basic.id, enable: ids, disable: [] },
          { methodId: oauth.id, enable: ids, disable: [] },
        ],
      }),
      applyMatrix(manager, {
        connectorId: owner.connectorId,
        changes: [
          { methodId: oauth.id, enable: backwards, disable: [] },
          { methodId: basic.id, enable: backwards, disable: [] },
        ],
      }),
    ])
    expect(results.map((result) => result.ok)).toEqual([true, true])
    expect(results.reduce((sum, result) => sum + (result.ok ? result.value.enabled : 0), 0)).toBe(80)
  })
})

describe('who and what is refused', () => {
  test('a read-only person and a user may view and plan, but not apply', async () => {
    const [id] = (await endpoints(1)) as [string]
    for (const role of ['read_only', 'user'] as const) {
      const actor = await anActor(role, manager.workspaceId)
      const changes = [{ methodId: basic.id, enable: [id], disable: [] }]
      expect(await getMatrix(actor, { connectorId: owner.connectorId })).toMatchObject({ ok: true })
      expect(await planMatrix(actor, { connectorId: owner.connectorId, changes })).toEqual({
        ok: true,
        value: { strandedFlows: [] },
      })
      expect(await applyMatrix(actor, { connectorId: owner.connectorId, changes })).toMatchObject({
        ok: false,
        error: { code: 'not_allowed' },
      })
    }
    expect(await on()).toEqual([])
  })

  test("another workspace's connector is not found; another connector's endpoints are not changed", async () => {
    const [id] = (await endpoints(1)) as [string]
    const stranger = await anActor('administrator')
    const changes = [{ methodId: basic.id, enable: [id], disable: [] }]
    expect(await getMatrix(stranger, { connectorId: owner.connectorId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await applyMatrix(stranger, { connectorId: owner.connectorId, changes })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await applyMatrix(manager, { connectorId: 'nonsense', changes })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    const other = await aConnector(manager.workspaceId)
    expect(await applyMatrix(manager, { connectorId: other.connectorId, changes })).toEqual({
      ok: true,
      value: { enabled: 0, disabled: 0, unchanged: 0, gone: 1 },
    })
    expect(await on()).toEqual([])
  })

  test('the schema refuses a cell that is both on and off, a duplicate method, and unknown keys', () => {
    const id = '01890000-0000-7000-8000-000000000000'
    const parse = (changes: unknown) => applyMatrixSchema.safeParse({ connectorId: id, changes }).success
    expect(parse([{ methodId: id, enable: [id], disable: [] }])).toBe(true)
    expect(parse([{ methodId: id, enable: [id], disable: [id] }])).toBe(false)
    expect(
      parse([
        { methodId: id, enable: [], disable: [] },
        { methodId: id, enable: [id], disable: [] },
      ]),
    ).toBe(false)
    expect(parse([{ methodId: id, enable: [id], disable: [], workspaceId: id }])).toBe(false)
  })
})
