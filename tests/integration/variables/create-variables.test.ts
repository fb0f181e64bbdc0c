import { beforeEach, describe, expect, test } from 'vitest'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import type { PersonActor } from '@/lib/domain/access/actor'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import { readEndpointFilter } from '@/lib/endpoints/list-order'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { systemDb } from '@/lib/platform/db/client'
import { createVariables } from '@/lib/variables/create-variables'
import type { VariableOwner } from '@/lib/variables/views'
import { endpointAsSaved } from '@/tests/integration/endpoints/endpoint-support'
import { recordStatements } from '@/tests/integration/performance/recorded-statements'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { aConnector, aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'

await testDatabase()

let actor: PersonActor
let place: Awaited<ReturnType<typeof aConnector>>
let endpointId: string
let owner: VariableOwner
beforeEach(async () => {
  actor = await anActor('manager')
  place = await aConnector(actor.workspaceId)
  endpointId = (await anEndpoint(place, 'Get repository', { url: '/repos/{{ owner }}/{{ repo }}' })).id
  owner = { level: 'endpoint', connectorId: place.connectorId, ownerId: endpointId }
})

const listed = async () =>
  valueOf(await listEndpoints(actor, { connectorId: place.connectorId, ...readEndpointFilter({}) })).items[0]!

describe('variables that templates use', () => {
  test('are created together under the owner’s revision, secret by name or by choice, and audited', async () => {
    const variables = [{ key: 'owner' }, { key: 'api_key' }, { key: 'repo', secret: true }]
    expect(valueOf(await createVariables(actor, { owner, revision: 1, variables }))).toMatchObject({ revision: 2 })
    const rows = await systemDb().variable.findMany({ where: { endpointId }, orderBy: { position: 'asc' } })
    expect(rows.map(({ key, secret, required }) => ({ key, secret, required }))).toEqual([
      { key: 'owner', secret: false, required: true },
      { key: 'api_key', secret: true, required: true },
      { key: 'repo', secret: true, required: true },
    ])
    const audited = await systemDb().auditLog.findMany({ where: { objectId: { in: rows.map(({ id }) => id) } } })
    expect(audited.map(({ action }) => action)).toEqual(Array(3).fill('create_variable'))
  })

  test('are either all created or none', async () => {
    await createVariables(actor, { owner, revision: 1, variables: [{ key: 'owner' }] })
    const again = await createVariables(actor, { owner, revision: 2, variables: [{ key: 'repo' }, { key: 'owner' }] })
    expect(again).toMatchObject({ ok: false, error: { code: 'name_taken' } })
    const invalid = await createVariables(actor, { owner, revision: 2, variables: [{ key: 'repo' }, { key: '1 x' }] })
    expect(invalid.ok).toBe(false)
    expect(await systemDb().variable.count({ where: { endpointId } })).toBe(1)
  })

  test('need the same number of statements for any number of variables', async () => {
    const statements = async (count: number, revision: number) => {
      const variables = Array.from({ length: count }, (_, number) => ({ key: `v${revision}_${number}` }))
      let created: unknown
      const made = await recordStatements(async () => {
        created = await createVariables(actor, { owner, revision, variables })
      })
      expect(created).toMatchObject({ ok: true })
      return made.length
    }
    const forTwo = await statements(2, 1)
    expect(await statements(40, 2)).toBe(forTwo)
    const rows = await systemDb().variable.findMany({ where: { endpointId } })
    const audited = await systemDb().auditLog.findMany({ where: { objectId: { in: rows.map(({ id }) => id) } } })
    expect(audited.map(({ objectName }) => objectName).sort()).toEqual(rows.map((row) => row.displayName).sort())
  })

  test('need an administrator if one of them is part of a host that instances send credentials to', async () => {
    await systemDb().endpoint.update({ where: { id: endpointId }, data: { url: 'https://{{ region }}.acme.test/x' } })
    await anInstance(place, (await aMethod(place, 'basic auth')).id, 'Acme UK')
    const variables = [{ key: 'owner' }, { key: 'region' }, { key: 'repo' }]
    expect(await createVariables(actor, { owner, revision: 1, variables })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed', message: expect.stringContaining('Acme UK') },
    })
    const harmless = [{ key: 'owner' }, { key: 'gion' }, { key: 'repo' }]
    expect(await createVariables(actor, { owner, revision: 1, variables: harmless })).toMatchObject({ ok: true })
  })

  test('are refused when somebody else changed the owner, and in another workspace', async () => {
    await createVariables(actor, { owner, revision: 1, variables: [{ key: 'owner' }] })
    expect(await createVariables(actor, { owner, revision: 1, variables: [{ key: 'repo' }] })).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else' },
    })
    const stranger = await anActor('manager')
    expect(await createVariables(stranger, { owner, revision: 2, variables: [{ key: 'repo' }] })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

describe('unknown variables', () => {
  test('of an endpoint are in the list and in the result of a save, until they are created', async () => {
    expect((await listed()).unknownVariables).toEqual(['owner', 'repo'])
    const saved = valueOf(await saveEndpoint(actor, await endpointAsSaved(endpointId)))
    expect(saved.unknownVariables).toEqual(['owner', 'repo'])
    await createVariables(actor, { owner, revision: 2, variables: [{ key: 'owner' }, { key: 'repo' }] })
    expect((await listed()).unknownVariables).toEqual([])
  })

  test('of a method are in the list', async () => {
    const method = await aMethod(place, 'API key', 'token')
    await systemDb().parameter.create({
      data: { ...place, methodId: method.id, place: 'header', key: 'X-Tenant', value: '{{ tenant }}' },
    })
    const methods = valueOf(await listMethods(actor, { connectorId: place.connectorId }))
    expect(methods[0]!.unknownVariables).toContain('tenant')
    const ofMethod: VariableOwner = { level: 'method', connectorId: place.connectorId, ownerId: method.id }
    await createVariables(actor, { owner: ofMethod, revision: 1, variables: [{ key: 'tenant' }] })
    const after = valueOf(await listMethods(actor, { connectorId: place.connectorId }))
    expect(after[0]!.unknownVariables).not.toContain('tenant')
  })
})
