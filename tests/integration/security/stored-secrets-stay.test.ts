import { beforeEach, describe, expect, test, vi } from 'vitest'
import { setMethodValue } from '@/lib/authentication-methods/set-method-value'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { seal } from '@/lib/platform/crypto/seal'
import type { PersonActor } from '@/lib/domain/access/actor'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { endpointFieldsOf } from '@/lib/endpoints/fields'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { confirmOrigin } from '@/lib/connectors/origins/confirm-origin'
import { listPendingOrigins } from '@/lib/connectors/origins/list-pending-origins'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { updateConnector } from '@/lib/connectors/update-connector'
import { saveVariableUse } from '@/lib/variables/save-variable-use'
import { createVariable } from '@/lib/variables/create-variable'
import { updateVariable } from '@/lib/variables/update-variable'
import {
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer, type TestServer } from '@/tests/support/servers'
import { aVariableInput } from '@/tests/support/variable-builders'

/** DATA §6: a stored secret never goes to a changed host, base URL, token URL or variable. */

// Some resolvers do not know the names under localhost.
vi.mock('@/lib/platform/http/resolve-host', () => ({ resolveHost: async () => ['127.0.0.1'] }))

await testDatabase()

let manager: PersonActor
let administrator: PersonActor
let server: TestServer
let acme: Acme
let method: AcmeMethod
let account: string
let endpointId: string
let instanceId: string

/**
 * A connector whose host has a label for each account, an instance of the account “good”, and a server for every name.
 */
beforeEach(async () => {
  server = await anHttpServer((_request, response) => response.end('{}'))
  manager = await anActor('manager')
  administrator = await anActor('administrator', manager.workspaceId)
  acme = await acmeConnector(manager.workspaceId, server.url, {
    baseUrl: `http://{{ account }}.localhost:${server.port}`,
    confirmed: [],
  })
  const owner = { workspaceId: acme.workspaceId, connectorId: acme.connectorId }
  const variable = await systemDb().variable.create({
    data: { ...owner, level: 'connector', key: 'account', displayName: 'Account' },
    select: { id: true },
  })
  account = variable.id
  method = await acmeMethod(acme, 'token', { testUrl: '/whoami' })
  endpointId = (await acmeEndpoint(acme, method, '/orders')).id
  await sync()
})

const sync = () =>
  workspaceDb(acme.workspaceId).$transaction((tx) => syncConnectorOrigins(tx, manager, acme.connectorId))

async function anAccount(value = 'good') {
  const instance = await acmeInstance(acme, method, { token: 'planted-token' })
  const owner = { workspaceId: acme.workspaceId, connectorId: acme.connectorId }
  await systemDb().instanceValue.create({ data: { ...owner, instanceId: instance.id, variableId: account, value } })
  instanceId = instance.id
}

const run = () => sendEndpointRequest(manager, { instanceId, endpointId, values: {}, filters: {} })
const hosts = () => server.seen.map((request) => request.headers.host?.split(':')[0])
const notConfirmed = { ok: false, error: { code: 'origin_not_confirmed' } }
const notAllowed = { ok: false, error: { code: 'not_allowed' } }
const connectorOwner = () => ({ level: 'connector' as const, connectorId: acme.connectorId, ownerId: acme.connectorId })
const revisionOf = async () =>
  (await systemDb().connector.findFirstOrThrow({ where: { id: acme.connectorId } })).revision

async function changeBaseUrl(baseUrl: string) {
  const { name } = await systemDb().connector.findFirstOrThrow({ where: { id: acme.connectorId } })
  return updateConnector(manager, {
    ...connectorDetails({ name, baseUrl }),
    connectorId: acme.connectorId,
    revision: await revisionOf(),
  })
}

async function changeEndpointUrl(url: string) {
  const endpoint = await getEndpoint(manager, { connectorId: acme.connectorId, endpointId })
  if (!endpoint.ok) throw new Error('no endpoint')
  return saveEndpoint(manager, {
    ...endpointFieldsOf(endpoint.value),
    ...{ endpointId, revision: endpoint.value.revision, url, parameters: [], confirmed: true },
  })
}

test('an instance calls the host of its own account', async () => {
  await anAccount()
  expect(await run()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  expect(hosts()).toEqual(['good.localhost'])
})

describe('nothing is sent to a changed URL before an administrator confirms it', () => {
  beforeEach(() => anAccount())

  test('a base URL with another variable in the same part of the host', async () => {
    await createVariable(manager, {
      owner: connectorOwner(),
      revision: await revisionOf(),
      variable: aVariableInput({ key: 'other', defaultValue: 'evil' }),
      confirmed: true,
    })
    expect(await changeBaseUrl(`http://{{ other }}.localhost:${server.port}`)).toMatchObject({
      ok: true,
      value: { pendingOrigins: [`http://{other}.localhost:${server.port}`] },
    })
    expect(await run()).toMatchObject(notConfirmed)
    expect(server.seen).toEqual([])
  })

  test('a base URL whose host has a default for instances without a value', async () => {
    await systemDb().instanceValue.deleteMany({ where: { variableId: account } })
    expect(await changeBaseUrl(`http://{{ account | default: "evil" }}.localhost:${server.port}`)).toMatchObject({
      ok: true,
      value: { pendingOrigins: [expect.stringContaining('evil')] },
    })
    expect(await run()).toMatchObject(notConfirmed)
    expect(server.seen).toEqual([])
  })

  test('an endpoint with a fixed host that happens to match the pattern of the base URL', async () => {
    const evil = `http://evil.localhost:${server.port}`
    expect(await changeEndpointUrl(`${evil}/orders`)).toMatchObject({ ok: true, value: { pendingOrigins: [evil] } })
    expect(await run()).toMatchObject(notConfirmed)
    expect(server.seen).toEqual([])
    expect(await confirmOrigin(administrator, { connectorId: acme.connectorId, origin: evil })).toMatchObject({
      ok: true,
    })
    expect(await run()).toMatchObject({ ok: true })
    expect(hosts()).toEqual(['evil.localhost'])
  })

  test('a URL variable, even if its host is one of the allowed hosts', async () => {
    await systemDb().connector.update({
      where: { id: acme.connectorId },
      data: { allowedHosts: [`http://*.localhost:${server.port}`] },
    })
    await sync()
    await confirmOrigin(administrator, { connectorId: acme.connectorId, origin: `http://*.localhost:${server.port}` })
    const variable = aVariableInput({
      key: 'elsewhere',
      inputKind: 'url',
      defaultValue: `http://evil.localhost:${server.port}`,
    })
    await createVariable(manager, { owner: connectorOwner(), revision: await revisionOf(), variable, confirmed: true })
    expect(await changeEndpointUrl('{{ elsewhere }}/orders')).toMatchObject({
      ok: true,
      value: { pendingOrigins: ['{elsewhere}'] },
    })
    expect(await run()).toMatchObject(notConfirmed)
    await confirmOrigin(administrator, { connectorId: acme.connectorId, origin: '{elsewhere}' })
    expect(await run()).toMatchObject({ ok: true })
    expect(hosts()).toEqual(['evil.localhost'])
  })
})

describe('a changed variable in the host', () => {
  beforeEach(() => anAccount())

  test('that is hidden, so that its default replaces the values of instances, needs an administrator', async () => {
    await systemDb().variable.update({ where: { id: account }, data: { defaultValue: 'evil' } })
    const variable = aVariableInput({ key: 'account', defaultValue: 'evil', configurable: false })
    const change = {
      owner: connectorOwner(),
      revision: await revisionOf(),
      variableId: account,
      variable,
      confirmed: true,
    }
    expect(await updateVariable(manager, change)).toMatchObject(notAllowed)
    expect(await updateVariable(administrator, { ...change, confirmed: false })).toMatchObject({
      ok: false,
      error: { code: 'confirmation_needed' },
    })
    expect(await updateVariable(administrator, change)).toMatchObject({ ok: true })
  })

  test('that is already hidden: a new default needs an administrator, even if instances have old values', async () => {
    const hidden = { required: false, configurable: false, advanced: false }
    const change = (defaultValue: string) => ({
      owner: connectorOwner(),
      variableId: account,
      variable: aVariableInput({ key: 'account', ...hidden, defaultValue }),
      confirmed: true,
    })
    expect(await updateVariable(administrator, { ...change('good'), revision: await revisionOf() })).toMatchObject({
      ok: true,
    })
    expect(await updateVariable(manager, { ...change('evil'), revision: await revisionOf() })).toMatchObject(notAllowed)
    await run()
    expect(hosts()).toEqual(['good.localhost'])
  })

  test('that a method hides: a new default needs an administrator, even if the connector shows it', async () => {
    const owner = {
      workspaceId: acme.workspaceId,
      connectorId: acme.connectorId,
      methodId: method.id,
      variableId: account,
    }
    await systemDb().variableUse.create({ data: { ...owner, required: false, configurable: false, advanced: false } })
    const variable = aVariableInput({ key: 'account', defaultValue: 'evil' })
    expect(
      await updateVariable(manager, {
        owner: connectorOwner(),
        revision: await revisionOf(),
        variableId: account,
        variable,
        confirmed: true,
      }),
    ).toMatchObject(notAllowed)
  })

  test('that a method uses without showing it needs an administrator', async () => {
    const { revision } = await systemDb().authenticationMethod.findFirstOrThrow({ where: { id: method.id } })
    const hidden = { required: false, configurable: false, advanced: false }
    const change = { connectorId: acme.connectorId, methodId: method.id, revision, variableId: account, use: hidden }
    expect(await saveVariableUse(manager, change)).toMatchObject(notAllowed)
    expect(await saveVariableUse(manager, { ...change, use: { ...hidden, advanced: true } })).toMatchObject({
      ok: true,
    })
    expect(await saveVariableUse(administrator, { ...change, revision: revision + 1 })).toMatchObject({ ok: true })
  })

  test('with a value of the method for all its instances needs an administrator', async () => {
    const owner = {
      workspaceId: acme.workspaceId,
      connectorId: acme.connectorId,
      level: 'method' as const,
      methodId: method.id,
    }
    const own = await systemDb().variable.create({
      data: { ...owner, key: 'region', displayName: 'Region', defaultValue: 'good' },
    })
    await systemDb().connector.update({
      where: { id: acme.connectorId },
      data: { baseUrl: `http://{{ region }}.localhost:${server.port}` },
    })
    const { revision } = await systemDb().authenticationMethod.findFirstOrThrow({ where: { id: method.id } })
    const change = { methodId: method.id, revision, variableId: own.id, value: 'evil' }
    expect(await setMethodValue(manager, change)).toMatchObject(notAllowed)
    expect(await systemDb().methodValue.count({ where: { methodId: method.id } })).toBe(0)
    expect(await setMethodValue(administrator, change)).toMatchObject({ ok: true })
  })

  test('with a value from a third party only allows the allowed hosts', async () => {
    await systemDb().instanceValue.deleteMany({ where: { variableId: account } })
    const id = newId()
    const owner = { workspaceId: acme.workspaceId, instanceId }
    const sealedValue = seal('evil', {
      workspaceId: acme.workspaceId,
      table: 'KeptValue',
      rowId: id,
      field: 'sealedValue',
    })
    await systemDb().keptValue.create({ data: { id, ...owner, key: 'account', sealedValue } })
    expect(await run()).toMatchObject({ ok: false, error: { code: 'host_not_allowed' } })
    expect(server.seen).toEqual([])
    const evil = `http://evil.localhost:${server.port}`
    await systemDb().connector.update({ where: { id: acme.connectorId }, data: { allowedHosts: [evil] } })
    await sync()
    expect(await run()).toMatchObject(notConfirmed)
    expect(server.seen).toEqual([])
    expect(await confirmOrigin(administrator, { connectorId: acme.connectorId, origin: evil })).toMatchObject({
      ok: true,
    })
    expect(await run()).toMatchObject({ ok: true })
  })
})

describe('a secret of a method, before there is any instance', () => {
  beforeEach(async () => {
    expect(
      await setMethodValue(manager, {
        methodId: method.id,
        revision: 1,
        variableId: method.variables.token!,
        value: 'planted-held-token',
      }),
    ).toMatchObject({ ok: true })
  })

  test('is not sent to a new URL, which waits for an administrator', async () => {
    const evil = `http://evil.localhost:${server.port}`
    expect(await changeEndpointUrl(`${evil}/orders`)).toMatchObject({ ok: true, value: { pendingOrigins: [evil] } })
    expect(await listPendingOrigins(manager, { connectorId: acme.connectorId })).toMatchObject({
      ok: true,
      value: [{ origin: evil }],
    })
    const instance = await acmeInstance(acme, method, {})
    instanceId = instance.id
    expect(await run()).toMatchObject(notConfirmed)
    expect(server.seen).toEqual([])
  })

  test('is not sent to a host with a new default either', async () => {
    const variable = aVariableInput({ key: 'account', defaultValue: 'evil' })
    const change = {
      owner: connectorOwner(),
      revision: await revisionOf(),
      variableId: account,
      variable,
      confirmed: true,
    }
    expect(await updateVariable(manager, change)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed', message: expect.stringContaining(method.name) },
    })
    expect(await updateVariable(administrator, change)).toMatchObject({ ok: true })
  })
})
