import { noPagination } from '@/lib/domain/pagination-schema'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listChanges } from '@/lib/activity/list-changes'
import { getMethod } from '@/lib/authentication-methods/get-method'
import { methodFieldsOf } from '@/lib/authentication-methods/fields'
import { saveMethod } from '@/lib/authentication-methods/save-method'
import type { SaveMethod } from '@/lib/authentication-methods/schema'
import { setMethodValue } from '@/lib/authentication-methods/set-method-value'
import { updateConnector } from '@/lib/connectors/update-connector'
import type { PersonActor } from '@/lib/domain/access/actor'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { createFlow } from '@/lib/flows/create-flow'
import { updateFlow } from '@/lib/flows/update-flow'
import { addShape } from '@/lib/flows/add-shape'
import { saveShape } from '@/lib/flows/save-shape'
import { systemDb } from '@/lib/platform/db/client'
import { createVariable } from '@/lib/variables/create-variable'
import { updateVariable } from '@/lib/variables/update-variable'
import { saveVariableUse } from '@/lib/variables/save-variable-use'
import { acmeConnector, acmeMethod, type Acme, type AcmeMethod } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { anEndpoint, anInstance } from '@/tests/support/endpoint-builders'
import { aVariableInput } from '@/tests/support/variable-builders'

/** History shows what changed, field by field, but never a secret (rule R10). */

let manager: PersonActor
let acme: Acme
let method: AcmeMethod

beforeAll(async () => void (await testDatabase()))

beforeEach(async () => {
  manager = { ...(await anActor('manager')), address: '203.0.113.7' }
  acme = await acmeConnector(manager.workspaceId, 'https://api.acme.test')
  method = await acmeMethod(acme, 'oauth2_client_credentials')
})

async function setup(): Promise<SaveMethod> {
  const { id: methodId, ...now } = valueOf(
    await getMethod(manager, { connectorId: acme.connectorId, methodId: method.id }),
  )
  const { revision, phases, parameters } = now
  return { ...methodFieldsOf(now), methodId, revision, phases: phases as SaveMethod['phases'], parameters }
}

/** The last change, as shown in Activity. */
async function last(): Promise<{ what: string; address: string | null; changes: string[] }> {
  const { items } = valueOf(await listChanges(manager, { q: '', sort: '-at', after: '' }))
  const [line] = items.filter(({ objectType }) => objectType !== 'origin')
  return { what: line!.what, address: line!.address, changes: line!.changes }
}

async function stored(): Promise<string> {
  return JSON.stringify(await systemDb().auditLog.findMany({ where: { workspaceId: manager.workspaceId } }))
}

describe('Changes of a method', () => {
  test('show the old and new token URL, also when it is changed back, and the address of the person', async () => {
    const before = await setup()
    const inherited = { httpMethod: null, bodyFormat: null, body: null, clientAuthentication: null }
    const withUrl = (url: string, revision: number): SaveMethod => ({
      ...before,
      revision,
      phases: [{ kind: 'exchange', step: 0, url, ...inherited, successRule: null, extract: null }],
    })
    const url = 'https://api.acme.test/token'
    valueOf(await saveMethod(manager, withUrl(url, before.revision)))
    const elsewhere = 'https://elsewhere.test/token'
    valueOf(await saveMethod(manager, withUrl(elsewhere, before.revision + 1)))
    expect(await last()).toEqual({
      what: 'Changed method',
      address: '203.0.113.7',
      changes: [`Token URL: ${url} → ${elsewhere}`],
    })
    valueOf(await saveMethod(manager, withUrl(url, before.revision + 2)))
    expect((await last()).changes).toEqual([`Token URL: ${elsewhere} → ${url}`])
  })

  test('show options, requests and parameters one by one', async () => {
    const before = await setup()
    const parameter = {
      ...{ id: null, place: 'header' as const, key: 'X-Api-Version', value: '2024-01', required: true },
      ...{ displayName: '', helpText: '', phases: ['exchange' as const], steps: [] },
    }
    valueOf(
      await saveMethod(manager, {
        ...before,
        timeoutSeconds: 45,
        options: { ...before.options, clientAuthentication: 'client_secret_post', refreshMarginSeconds: 90 },
        parameters: [...before.parameters, parameter],
      }),
    )
    expect((await last()).changes).toEqual(
      expect.arrayContaining([
        'Timeout limit (seconds): 5 → 45',
        expect.stringMatching(/^Client authentication: .* → Body: client_secret_post$/),
        'Refresh before expiry (seconds): empty → 90',
        'Added header X-Api-Version: 2024-01',
      ]),
    )
  })

  test('never show the value that a method sets for all its instances', async () => {
    const variable = await systemDb().variable.findFirstOrThrow({
      where: { methodId: method.id, key: 'client_secret' },
    })
    const set = async (value: string | null) => {
      const { revision } = await setup()
      valueOf(await setMethodValue(manager, { methodId: method.id, revision, variableId: variable.id, value }))
      return (await last()).changes
    }
    expect(await set('planted-secret-1')).toEqual(['Client secret for all instances set'])
    expect(await set('planted-secret-2')).toEqual(['Client secret for all instances replaced'])
    expect(await set(null)).toEqual(['Client secret for all instances removed'])
    expect(await stored()).not.toContain('planted-secret')
  })
})

test('changes of a connector show the old and new values', async () => {
  const { revision, ...details } = await systemDb().connector.findUniqueOrThrow({ where: { id: acme.connectorId } })
  const next = { ...connectorDetails(), name: details.name, baseUrl: details.baseUrl, systemType: 'crm' as const }
  valueOf(await updateConnector(manager, { ...next, connectorId: acme.connectorId, revision, icon: 'keep' }))
  expect((await last()).changes).toEqual(expect.arrayContaining([expect.stringMatching(/^System type: .* → CRM$/)]))
})

describe('Changes of an endpoint', () => {
  test('show URL, body and parameters, but not a credential typed there', async () => {
    const { id: endpointId } = await anEndpoint(
      { workspaceId: acme.workspaceId, connectorId: acme.connectorId },
      'Orders',
      { url: '/orders' },
    )
    const fields = {
      ...{
        name: 'Orders',
        entityType: 'Orders',
        direction: 'receive' as const,
        httpMethod: 'POST' as const,
        deprecated: false,
        description: '',
        scopes: [],
      },
      ...{ bodyFormat: 'json' as const, dataPath: '', pagination: noPagination, confirmed: false, endpointId },
    }
    const parameter = {
      id: null,
      place: 'header' as const,
      key: 'X-Shop',
      value: 'acme',
      required: true,
      displayName: '',
      helpText: '',
    }
    valueOf(
      await saveEndpoint(manager, {
        ...fields,
        revision: 1,
        url: '/v2/orders',
        body: '{"open": true}',
        parameters: [parameter],
      }),
    )
    expect((await last()).changes).toEqual([
      'HTTP method: GET → POST',
      'URL: /orders → /v2/orders',
      'Body format: No body → JSON',
      'Body: empty → {"open": true}',
      'Added header X-Shop: acme',
    ])
    const planted = {
      ...fields,
      revision: 2,
      url: '/orders?api_key=planted1',
      body: '{"password": "planted2"}',
      parameters: [],
    }
    const saved = await saveEndpoint(manager, planted)
    if (saved.ok)
      expect((await last()).changes).toEqual(['URL replaced', 'Body replaced', 'Removed header X-Shop: acme'])
    await createEndpoint(manager, {
      ...fields,
      connectorId: acme.connectorId,
      name: 'Planted',
      url: '/x?token=planted3',
    } as never)
    expect(await stored()).not.toMatch(/planted\d/)
  })
})

describe('Changes of a variable', () => {
  test('show every field, but not the former default of a variable that became secret', async () => {
    const owner = { level: 'method' as const, connectorId: acme.connectorId, ownerId: method.id }
    const { revision } = await setup()
    const variable = aVariableInput({ key: 'region', displayName: 'Region', defaultValue: 'eu' })
    const made = valueOf(await createVariable(manager, { owner, revision, variable, confirmed: true }))
    const id = { owner, variableId: made.variableId, confirmed: true }
    valueOf(
      await updateVariable(manager, {
        ...id,
        revision: made.revision,
        variable: { ...variable, defaultValue: 'us', required: true },
      }),
    )
    expect((await last()).changes).toEqual(expect.arrayContaining(['Default value: eu → us', 'Required: no → yes']))
    const typedByMistake = { ...variable, defaultValue: 'plan4' }
    valueOf(
      await updateVariable(manager, {
        ...id,
        revision: made.revision + 1,
        variable: { ...typedByMistake, key: 'api_key' },
      }),
    )
    const secret = { ...variable, key: 'api_key', secret: true, defaultValue: '' }
    valueOf(await updateVariable(manager, { ...id, revision: made.revision + 2, variable: secret }))
    expect((await last()).changes).toEqual(expect.arrayContaining(['Default value removed', 'Secret: no → yes']))
    expect(await stored()).not.toContain('plan4')
  })

  test('show the flags with which a method uses a connector variable', async () => {
    const { id: variableId } = await systemDb().variable.create({
      data: {
        workspaceId: acme.workspaceId,
        connectorId: acme.connectorId,
        level: 'connector',
        key: 'shop',
        displayName: 'Shop',
      },
    })
    const { revision } = await setup()
    const use = { required: true, configurable: true, advanced: false }
    valueOf(
      await saveVariableUse(manager, { connectorId: acme.connectorId, methodId: method.id, revision, variableId, use }),
    )
    expect((await last()).changes).toEqual(expect.arrayContaining(['Required: no → yes', 'Configurable: no → yes']))
  })
})

test('changes of a flow and its shapes are shown, but for a secret value only that it was set', async () => {
  const owner = { workspaceId: acme.workspaceId, connectorId: acme.connectorId }
  const endpoint = await anEndpoint(owner, 'Orders', { url: '/orders' })
  await systemDb().enablement.create({ data: { ...owner, endpointId: endpoint.id, methodId: method.id } })
  const instance = await anInstance(owner, method.id, 'Acme UK')
  const variable = (key: string, secret: boolean) =>
    systemDb().variable.create({
      data: { ...owner, level: 'endpoint', endpointId: endpoint.id, key, displayName: key, secret },
    })
  const [status, pin] = [await variable('status', false), await variable('pin', true)]
  const { id: flowId } = valueOf(await createFlow(manager, { name: 'Nightly', description: '' }))
  valueOf(await updateFlow(manager, { flowId, revision: 1, name: 'Nightly orders', description: 'At two.' }))
  expect((await last()).changes).toEqual(['Name: Nightly → Nightly orders', 'Description: empty → At two.'])
  const { id: shapeId } = valueOf(await addShape(manager, { flowId, revision: 2, name: 'Get', x: 0, y: 0 }))
  const shape = {
    flowId,
    shapeId,
    name: 'Get orders',
    instanceId: instance.id,
    endpointId: endpoint.id,
    timeoutSeconds: 10,
    filters: [],
  }
  const values = [
    { variableId: status.id, value: 'open' },
    { variableId: pin.id, value: 'planted-pin' },
  ]
  valueOf(await saveShape(manager, { ...shape, revision: 3, values }))
  expect((await last()).changes).toEqual([
    'Flow: Nightly orders',
    'Name: Get → Get orders',
    'Instance: empty → Acme UK',
    'Endpoint: empty → Orders',
    'Timeout limit (seconds): empty → 10',
    'status: empty → open',
    'pin set',
  ])
  valueOf(await saveShape(manager, { ...shape, revision: 4, values: [{ variableId: pin.id, value: 'planted-pin-2' }] }))
  expect((await last()).changes).toEqual(['Flow: Nightly orders', 'pin replaced'])
  expect(await stored()).not.toMatch(/planted-pin|v1\.test\./)
})
