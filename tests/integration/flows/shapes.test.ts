import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { getShapeSettings } from '@/lib/flows/get-shape-settings'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { runShape } from '@/lib/flows/run-shape'
import { saveShape } from '@/lib/flows/save-shape'
import type { SaveShape } from '@/lib/flows/shape-schema'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { setEnablement } from '@/lib/enablement/set-enablement'
import { addShape } from '@/lib/flows/add-shape'
import { createFlow } from '@/lib/flows/create-flow'
import { getFlow } from '@/lib/flows/get-flow'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'

const database = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let manager: PersonActor
let acme: Acme
let basic: AcmeMethod
let oauth: AcmeMethod
let instance1: string
let instance2: string
let orders: string
let flowId: string
let shapeId: string

beforeEach(async () => {
  await sandbox.control.reset()
  manager = await anActor('manager')
  acme = await acmeConnector(manager.workspaceId, sandbox.url)
  basic = await acmeMethod(acme, 'basic')
  oauth = await acmeMethod(acme, 'oauth2_authorization_code')
  instance1 = (await acmeInstance(acme, basic, acmeBasicValues, { name: 'instance 1' })).id
  instance2 = (await acmeInstance(acme, oauth, {}, { name: 'instance 2' })).id
  orders = (await acmeEndpoint(acme, basic, '/orders', { dataPath: '$.orders' })).id
  const flow = await createFlow(manager, { name: 'Nightly orders', description: '' })
  if (!flow.ok) throw new Error('no flow')
  flowId = flow.value.id
  const shape = await addShape(manager, { flowId, revision: 1, name: 'Get orders', x: 0, y: 0 })
  if (!shape.ok) throw new Error('no shape')
  shapeId = shape.value.id
})

const input = (change: Partial<SaveShape> = {}): SaveShape => ({
  ...{ flowId, revision: 2, shapeId, name: 'Get orders', timeoutSeconds: null, values: [], filters: [] },
  ...{ instanceId: instance1, endpointId: orders },
  ...change,
})

async function endpointVariable(key: string, given: { secret?: boolean; required?: boolean; pattern?: string } = {}) {
  const { workspaceId, connectorId } = acme
  return systemDb().variable.create({
    data: { workspaceId, connectorId, level: 'endpoint', endpointId: orders, key, displayName: key, ...given },
  })
}

async function filter(key: string) {
  const { workspaceId, connectorId } = acme
  return systemDb().parameter.create({
    data: { workspaceId, connectorId, endpointId: orders, place: 'url', key, value: '', required: false },
  })
}

describe('saving a connection shape', () => {
  test('accepts an endpoint that accepts the instance, and refuses any other (rule R1)', async () => {
    expect(await saveShape(manager, input({ instanceId: instance2 }))).toMatchObject({
      ok: false,
      error: { code: 'endpoint_not_available', field: 'endpointId' },
    })
    expect(await saveShape(manager, input())).toMatchObject({ ok: true, value: { revision: 3 } })
    expect(await getFlow(manager, { flowId })).toMatchObject({
      ok: true,
      value: { shapes: [{ state: 'ready', instance: { name: 'instance 1' } }] },
    })
  })

  test('accepts the endpoint for the other instance as soon as its method is switched on', async () => {
    await setEnablement(manager, { endpointId: orders, methodId: oauth.id, enabled: true })
    expect(await saveShape(manager, input({ instanceId: instance2 }))).toMatchObject({ ok: true })
  })

  test('refuses an endpoint of another connector and an instance of another workspace', async () => {
    const other = await acmeConnector(manager.workspaceId, sandbox.url)
    const foreign = await acmeEndpoint(other, await acmeMethod(other, 'basic'), '/orders')
    expect(await saveShape(manager, input({ endpointId: foreign.id }))).toMatchObject({
      ok: false,
      error: { code: 'endpoint_not_available' },
    })
    const stranger = await anActor('manager')
    const theirs = await acmeConnector(stranger.workspaceId, sandbox.url)
    const theirInstance = await acmeInstance(theirs, await acmeMethod(theirs, 'basic'), acmeBasicValues)
    expect(await saveShape(manager, input({ instanceId: theirInstance.id, endpointId: null }))).toMatchObject({
      ok: false,
      error: { code: 'not_found', field: 'instanceId' },
    })
  })

  test('refuses an instance that still awaits its authorisation, and the picker does not offer it', async () => {
    const waiting = await acmeInstance(acme, oauth, {}, { name: 'waiting', status: 'awaiting_authorisation' })
    expect(await saveShape(manager, input({ instanceId: waiting.id, endpointId: null }))).toMatchObject({
      ok: false,
      error: { field: 'instanceId' },
    })
    const options = await listInstanceOptions(manager, { search: '' })
    expect(options.ok && options.value.map(({ name }) => name)).toEqual(['instance 1', 'instance 2'])
  })

  test('by the second of two people is refused (rule R12) and changes nothing', async () => {
    await saveShape(await anActor('manager', manager.workspaceId), input({ name: 'Theirs' }))
    expect(await saveShape(manager, input({ name: 'Mine' }))).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else' },
    })
    expect(await getFlow(manager, { flowId })).toMatchObject({ ok: true, value: { shapes: [{ name: 'Theirs' }] } })
  })

  test('is refused for a user, who may only run it', async () => {
    const user = await anActor('user', manager.workspaceId)
    expect(await saveShape(user, input())).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
  })

  test('seals a secret value, does not change it if it is not typed again, and shows only that it is set (rule R10)', async () => {
    const secret = await endpointVariable('api_code', { secret: true })
    await saveShape(manager, input({ values: [{ variableId: secret.id, value: 'planted-shape-secret' }] }))
    await saveShape(manager, input({ revision: 3, name: 'Renamed' }))
    const settings = await getShapeSettings(manager, { flowId, shapeId })
    expect(settings).toMatchObject({ ok: true, value: { endpoint: { variables: [{ value: '', isSet: true }] } } })
    const rows = await database.sql<{ value: string | null; sealedValue: string }>(
      'SELECT "value", "sealedValue" FROM "ShapeValue" WHERE "shapeId" = $1',
      [shapeId],
    )
    expect(rows).toMatchObject([{ value: null, sealedValue: expect.stringMatching(/^v1\./) }])
    expect(JSON.stringify([settings, await database.sql('SELECT * FROM "AuditLog"')])).not.toContain(
      'planted-shape-secret',
    )
  })

  test('refuses a value that does not fit its variable, with an error on the value', async () => {
    const variable = await endpointVariable('status', { pattern: 'open|closed' })
    const refused = await saveShape(manager, input({ values: [{ variableId: variable.id, value: 'ajar' }] }))
    expect(refused).toMatchObject({ ok: false, error: { field: `values.${variable.id}` } })
  })

  test('refuses values and filters of another endpoint', async () => {
    const other = await acmeEndpoint(acme, basic, '/products')
    const variable = await endpointVariable('status')
    const parameter = await filter('status')
    const refusals = [
      await saveShape(manager, input({ endpointId: other.id, values: [{ variableId: variable.id, value: 'open' }] })),
      await saveShape(
        manager,
        input({ endpointId: other.id, filters: [{ parameterId: parameter.id, value: 'open' }] }),
      ),
    ]
    expect(refusals).toMatchObject([
      { ok: false, error: { field: `values.${variable.id}` } },
      { ok: false, error: { field: `filters.${parameter.id}` } },
    ])
  })

  test('deletes the values of the earlier endpoint when another one is chosen', async () => {
    const variable = await endpointVariable('status')
    await saveShape(manager, input({ values: [{ variableId: variable.id, value: 'open' }] }))
    const other = await acmeEndpoint(acme, basic, '/products')
    await saveShape(manager, input({ revision: 3, endpointId: other.id }))
    expect(await database.sql('SELECT * FROM "ShapeValue" WHERE "shapeId" = $1', [shapeId])).toEqual([])
  })
})

describe('running a shape', () => {
  test('sends the real request with its filters, and reports the response', async () => {
    const status = await filter('status')
    await saveShape(manager, input({ filters: [{ parameterId: status.id, value: 'open' }] }))
    const report = await runShape(await anActor('user', manager.workspaceId), { flowId, shapeId })
    expect(report).toMatchObject({
      ok: true,
      value: { response: { status: 200 }, request: { url: expect.stringContaining('status=open') } },
    })
  })

  test('fails before anything is sent once the toggle is off, and says so on the canvas (rule R3)', async () => {
    await saveShape(manager, input())
    await setEnablement(manager, { endpointId: orders, methodId: basic.id, enabled: false, confirmStranding: true })
    await sandbox.control.clearRequests()
    expect(await runShape(manager, { flowId, shapeId })).toMatchObject({
      ok: false,
      error: { code: 'endpoint_not_available' },
    })
    expect(await sandbox.control.getRequests()).toEqual([])
    expect(await getFlow(manager, { flowId })).toMatchObject({
      ok: true,
      value: { shapes: [{ state: 'endpoint_not_available' }] },
    })
    expect(await getShapeSettings(manager, { flowId, shapeId })).toMatchObject({
      ok: true,
      value: { endpoint: { available: false } },
    })
  })

  test('needs an instance and an endpoint', async () => {
    expect(await runShape(manager, { flowId, shapeId })).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
  })

  test('is refused for a read-only person and for another workspace', async () => {
    await saveShape(manager, input())
    expect(await runShape(await anActor('read_only', manager.workspaceId), { flowId, shapeId })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await runShape(await anActor('administrator'), { flowId, shapeId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })

  test('without a value for a required variable is refused with its name, before anything is sent', async () => {
    await endpointVariable('warehouse', { required: true })
    await systemDb().endpoint.update({
      where: { id: orders, workspaceId: acme.workspaceId },
      data: { url: '/orders?warehouse={{ warehouse }}' },
    })
    await saveShape(manager, input())
    await sandbox.control.clearRequests()
    expect(await runShape(manager, { flowId, shapeId })).toMatchObject({
      ok: false,
      error: { code: 'missing_value', message: expect.stringContaining('warehouse') },
    })
    expect(await sandbox.control.getRequests()).toEqual([])
  })
})

describe('the settings of a shape', () => {
  test('show a choice of the address instead of what is saved', async () => {
    await saveShape(manager, input())
    const chosen = await getShapeSettings(manager, { flowId, shapeId, choice: { instanceId: instance2 } })
    expect(chosen).toMatchObject({
      ok: true,
      value: { instance: { name: 'instance 2' }, endpoint: null, saved: { instanceId: instance1, endpointId: orders } },
    })
    expect(chosen.ok && chosen.value.offered).toMatchObject({ items: [], counts: { offered: 0, hidden: 1 } })
  })

  test('ignore a choice that does not exist in the workspace', async () => {
    await saveShape(manager, input())
    for (const instanceId of ['nonsense', '01890000-0000-7000-8000-000000000000']) {
      expect(await getShapeSettings(manager, { flowId, shapeId, choice: { instanceId } })).toMatchObject({
        ok: true,
        value: { instance: null, endpoint: null, saved: { instanceId: instance1, endpointId: orders } },
      })
    }
    for (const endpointId of ['nonsense', '', '01890000-0000-7000-8000-000000000000']) {
      expect(await getShapeSettings(manager, { flowId, shapeId, choice: { endpointId } })).toMatchObject({
        ok: true,
        value: { instance: { name: 'instance 1' }, endpoint: null },
      })
    }
  })
})
