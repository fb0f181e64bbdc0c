import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { getConnectorParameters } from '@/lib/connector-parameters/get-connector-parameters'
import type { SaveConnectorParameters } from '@/lib/connector-parameters/schema'
import { saveConnectorParameters } from '@/lib/connector-parameters/save-connector-parameters'
import type { PersonActor } from '@/lib/domain/access/actor'
import { saveMethod } from '@/lib/authentication-methods/save-method'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { duplicateConnector } from '@/lib/imports/duplicate-connector'
import { importConnector } from '@/lib/imports/import-connector'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { createVariable } from '@/lib/variables/create-variable'
import { listRemovalQuestions } from '@/lib/variables/list-removal-questions'
import { checkInstance } from '@/lib/verification/check-instance'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { aVariableInput } from '@/tests/support/variable-builders'
import { startSandbox } from '@/tests/sandbox/sandbox'

const database = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let manager: PersonActor
let acme: Acme
let method: AcmeMethod
let instanceId: string
let endpointId: string

beforeEach(async () => {
  await sandbox.control.reset()
  manager = await anActor('manager')
  acme = await acmeConnector(manager.workspaceId, sandbox.url)
  method = await acmeMethod(acme, 'basic')
  instanceId = (await acmeInstance(acme, method, acmeBasicValues)).id
  endpointId = (await acmeEndpoint(acme, method, '/orders')).id
})

type Given = Omit<SaveConnectorParameters['parameters'][number], 'id'> & { id?: string | null }

const header = (key: string, value: string): Given => ({ place: 'header', key, value })
const cookie = (key: string, value: string): Given => ({ place: 'cookie', key, value })
const query = (key: string, value: string): Given => ({ place: 'url', key, value })

async function save(parameters: Given[], { as = manager, revision }: { as?: PersonActor; revision?: number } = {}) {
  const { connectorId } = acme
  const now = await systemDb().connector.findUniqueOrThrow({ where: { id: connectorId } })
  return saveConnectorParameters(as, {
    connectorId,
    revision: revision ?? now.revision,
    parameters: parameters.map((parameter) => ({ id: null, ...parameter })),
  })
}
const stored = async (connectorId = acme.connectorId) =>
  valueOf(await getConnectorParameters(manager, { connectorId })).parameters
const send = () => sendEndpointRequest(manager, { instanceId, endpointId, values: {}, filters: {} })
const lastRequest = async () => (await sandbox.control.getRequests()).at(-1)!

describe('parameters of a connector', () => {
  test('are sent with the next endpoint request and the next test request', async () => {
    valueOf(await send())
    expect((await lastRequest()).headers).not.toHaveProperty('x-api-version')
    valueOf(await save([header('X-Api-Version', '2024-10'), query('locale', 'de'), cookie('shop', 'a; admin=1')]))
    const sent = { headers: { 'x-api-version': '2024-10', cookie: 'shop=a%3B%20admin=1' } }
    valueOf(await send())
    expect(await lastRequest()).toMatchObject(sent)
    expect((await lastRequest()).url).toBe('/orders?locale=de')
    valueOf(await checkInstance(manager, { instanceId }))
    expect(await lastRequest()).toMatchObject({ url: '/whoami?locale=de', ...sent })
  })

  test('are sent immediately when another process has changed them', async () => {
    valueOf(await send())
    await database.sql(
      `INSERT INTO "Parameter" ("id", "workspaceId", "connectorId", "place", "key", "value") VALUES ($1, $2, $3, 'header', 'X-Api-Version', '9')`,
      [newId(), acme.workspaceId, acme.connectorId],
    )
    valueOf(await send())
    expect((await lastRequest()).headers).toMatchObject({ 'x-api-version': '9' })
  })

  test('are replaced by the same key of the method or the endpoint, and may use variables of the connector', async () => {
    const owner = { level: 'connector' as const, connectorId: acme.connectorId, ownerId: acme.connectorId }
    const variable = aVariableInput({ key: 'api_version', defaultValue: '3' })
    valueOf(await createVariable(manager, { owner, revision: 1, variable }))
    valueOf(await save([header('X-Api-Version', '{{ api_version }}')]))
    valueOf(await send())
    expect((await lastRequest()).headers).toMatchObject({ 'x-api-version': '3' })
    await systemDb().parameter.create({
      data: {
        ...{ workspaceId: acme.workspaceId, connectorId: acme.connectorId, methodId: method.id },
        ...{ place: 'header', key: 'x-api-version', value: '4', phases: ['endpoint'] },
      },
    })
    valueOf(await send())
    expect((await lastRequest()).headers).toMatchObject({ 'x-api-version': '4' })
    await systemDb().parameter.create({
      data: {
        ...{ workspaceId: acme.workspaceId, connectorId: acme.connectorId, endpointId },
        ...{ place: 'header', key: 'X-API-VERSION', value: '5' },
      },
    })
    valueOf(await send())
    expect((await lastRequest()).headers).toMatchObject({ 'x-api-version': '5' })
  })

  test('are listed if a variable that they use would be removed', async () => {
    const owner = { level: 'connector' as const, connectorId: acme.connectorId, ownerId: acme.connectorId }
    const variable = aVariableInput({ key: 'api_version', defaultValue: '3' })
    const { variableId } = valueOf(await createVariable(manager, { owner, revision: 1, variable }))
    valueOf(await save([header('X-Api-Version', '{{ api_version }}')]))
    expect(valueOf(await listRemovalQuestions(manager, { owner, variableId })).join()).toContain('Shared parameters')
  })

  test('are audited by field, and keep their ids through edits and moves', async () => {
    valueOf(await save([header('X-A', '1'), query('b', '2')]))
    const [a, b] = await stored()
    valueOf(
      await save([
        { ...query('b', '2'), id: b!.id },
        { ...header('X-A', '3'), id: a!.id },
      ]),
    )
    expect((await stored()).map(({ id, value }) => [id, value])).toEqual([
      [b!.id, '2'],
      [a!.id, '3'],
    ])
    const audits = await systemDb().auditLog.findMany({
      where: { objectId: acme.connectorId, action: 'update_connector_parameters' },
      orderBy: { id: 'asc' },
    })
    expect(audits.map(({ changes }) => changes)).toEqual([
      {
        fields: [
          { field: 'parameter', of: 'header X-A', how: 'added', to: '1' },
          { field: 'parameter', of: 'URL parameter b', how: 'added', to: '2' },
        ],
      },
      {
        fields: [
          { field: 'parameter.value', of: 'header X-A', from: '1', to: '3' },
          { field: 'parameterOrder', how: 'changed' },
        ],
      },
    ])
  })

  test('with the same id twice are two parameters, as the audit says', async () => {
    valueOf(await save([header('X-A', '1')]))
    const { id } = (await stored())[0]!
    valueOf(
      await save([
        { ...header('X-A', '1'), id },
        { ...header('X-B', '2'), id },
      ]),
    )
    expect(await stored()).toMatchObject([
      { id, key: 'X-A' },
      { id: expect.not.stringMatching(id), key: 'X-B', value: '2' },
    ])
    const audit = await systemDb().auditLog.findFirstOrThrow({
      where: { objectId: acme.connectorId, action: 'update_connector_parameters' },
      orderBy: { id: 'desc' },
    })
    expect(audit.changes).toEqual({ fields: [{ field: 'parameter', of: 'header X-B', how: 'added', to: '2' }] })
  })

  test('with an unknown variable are saved, and the variable is returned', async () => {
    expect(await save([header('X-Shop', '{{ shop }} {{ username }}')])).toEqual({
      ok: true,
      value: { revision: 2, unknownVariables: ['shop'] },
    })
    expect(await send()).toMatchObject({ ok: false, error: { code: 'unknown_variable' } })
  })

  test('may use what every method has or stores, because the connector sends them with each', async () => {
    const kept = { kept: [{ variable: 'shop', path: 'shop' }] }
    const token = await acmeMethod(acme, 'token', { options: kept })
    const unknown = async (value: string) => valueOf(await save([header('X-Shop', value)])).unknownVariables
    const offered = async () => {
      const { namedVariables } = valueOf(await getConnectorParameters(manager, { connectorId: acme.connectorId }))
      return namedVariables.map(({ key, origin }) => [key, origin])
    }
    expect(await unknown('{{ username }} {{ token }} {{ shop }}')).toEqual(['username', 'token', 'shop'])
    expect((await offered()).map(([key]) => key)).not.toContain('username')
    const { workspaceId, connectorId } = acme
    await systemDb().variable.createMany({
      data: [
        { workspaceId, connectorId, methodId: token.id, level: 'method', key: 'username', displayName: 'User' },
        { workspaceId, connectorId, methodId: method.id, level: 'method', key: 'shop', displayName: 'Shop' },
        { workspaceId, connectorId, level: 'connector', key: 'token', displayName: 'Token' },
      ],
    })
    expect(await unknown('{{ username }} {{ token }} {{ shop }}')).toEqual([])
    expect(await offered()).toEqual(
      expect.arrayContaining([
        ['username', 'Every method'],
        ['shop', 'Every method'],
        ['token', 'Connector'],
      ]),
    )
    expect(await unknown('{{ password }}')).toEqual(['password'])
  })

  test('are shown with an endpoint', async () => {
    valueOf(await save([header('X-A', '1')]))
    const { connectorId } = acme
    const endpoint = valueOf(await getEndpoint(manager, { connectorId, endpointId }))
    expect(endpoint.sharedParameters).toMatchObject([{ key: 'X-A', value: '1' }])
    expect(endpoint.parameters).toEqual([])
  })
})

describe('a save is refused', () => {
  test.each([
    ['a literal secret', header('X-Partner-Key', 'a8F3kd92LmQ7xZp4Wv6tRb1N'), 'literal_secret', 'parameters.0.value'],
    ['what is no header', header('X A', '1'), 'invalid_header', 'parameters.0.key'],
    ['a header that Patchbay sets', header('Host', 'evil.test'), 'invalid_header', 'parameters.0.key'],
    ['a line break in a header', header('X-A', 'a\nb'), 'invalid_header', 'parameters.0.value'],
    ['what is no cookie', cookie('a;b', '1'), 'invalid_header', 'parameters.0.key'],
    ['a header of cookies', header('cookie', 'session=a'), 'invalid_input', 'parameters.0.key'],
    ['a broken template', query('a', '{{ b'), 'invalid_template', 'parameters.0.value'],
    ['an empty key', query('', 'b'), 'invalid_input', undefined],
    ['a body parameter', { place: 'body', key: 'a', value: 'b' } as unknown as Given, 'invalid_input', undefined],
  ])('with %s', async (_what, parameter, code, field) => {
    const saved = await save([parameter])
    expect(saved).toMatchObject({ ok: false, error: { code, ...(field && { field }) } })
    expect(await stored()).toEqual([])
  })

  test('with a header or a cookie that is listed twice, but not a key of the URL', async () => {
    expect(await save([header('X-A', '1'), header('x-a', '2')])).toMatchObject({
      ok: false,
      error: { field: 'parameters.1.key', message: 'The header x-a is listed twice. Remove one.' },
    })
    expect(await save([cookie('a', '1'), cookie('a', '2')])).toMatchObject({ ok: false })
    expect(await save([query('a', '1'), query('a', '2'), cookie('A', '1'), cookie('a', '2')])).toMatchObject({
      ok: true,
    })
  })

  test('of somebody who may not change definitions, or of another workspace', async () => {
    for (const role of ['read_only', 'user'] as const) {
      const other = await anActor(role, manager.workspaceId)
      expect(await save([header('X-A', '1')], { as: other })).toMatchObject({
        ok: false,
        error: { code: 'not_allowed' },
      })
    }
    const foreign = await anActor('administrator')
    expect(await save([header('X-A', '1')], { as: foreign })).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await stored()).toEqual([])
  })

  test('of a revision that somebody else has changed', async () => {
    valueOf(await save([header('X-A', '1')], { revision: 1 }))
    expect(await save([header('X-A', '2')], { revision: 1 })).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', changedBy: { name: expect.any(String) } },
    })
    expect(await stored()).toMatchObject([{ value: '1' }])
  })

  test('by the database for a parameter that is a filter, has phases or belongs to a body', async () => {
    const insert = (column: string, value: string) =>
      database.sql(
        `INSERT INTO "Parameter" ("id", "workspaceId", "connectorId", "place", "key", ${column}) VALUES ($1, $2, $3, 'url', 'x', ${value})`,
        [newId(), acme.workspaceId, acme.connectorId],
      )
    await expect(insert('"required"', 'false')).rejects.toMatchObject({ constraint: 'Parameter_of_connector' })
    await expect(insert('"phases"', `'{endpoint}'`)).rejects.toMatchObject({ constraint: 'Parameter_of_connector' })
  })

  test('with the id of a parameter of an endpoint leaves that one alone', async () => {
    const { workspaceId, connectorId } = acme
    const theirs = await systemDb().parameter.create({
      data: { workspaceId, connectorId, endpointId, place: 'url', key: 'theirs', value: 'untouched' },
    })
    valueOf(await save([{ ...query('mine', '1'), id: theirs.id }]))
    expect(await systemDb().parameter.findUniqueOrThrow({ where: { id: theirs.id } })).toMatchObject({
      endpointId,
      value: 'untouched',
    })
    expect(await stored()).toMatchObject([{ key: 'mine', id: expect.not.stringMatching(theirs.id) }])
  })
})

describe('parameters of a connector in documents', () => {
  const document = (parameters?: object[]) =>
    JSON.stringify({ patchbay: 1, kind: 'connector', name: 'From a document', parameters })

  test('are installed, and copied with a connector', async () => {
    const parameters = [
      { in: 'header', key: 'X-Api-Version', value: '2' },
      { in: 'cookie', key: 'shop', value: 'a' },
    ]
    const { id } = valueOf(await importConnector(manager, { document: document(parameters), name: '' }))
    const copy = valueOf(await duplicateConnector(manager, { connectorId: id, versionLabel: 'v2' }))
    for (const connectorId of [id, copy.id])
      expect((await stored(connectorId)).map(({ place, key, value }) => ({ in: place, key, value }))).toEqual(
        parameters,
      )
  })

  test('may be missing, as in every older document', async () => {
    const { id } = valueOf(await importConnector(manager, { document: document(), name: '' }))
    expect(await stored(id)).toEqual([])
  })

  test('follow the rules of the form', async () => {
    const refused = (parameter: object) => importConnector(manager, { document: document([parameter]), name: '' })
    expect(await refused({ in: 'body', key: 'a' })).toMatchObject({ ok: false })
    expect(await refused({ in: 'header', key: 'a', required: false })).toMatchObject({ ok: false })
    expect(await refused({ in: 'header', key: 'Cookie', value: 'session=a' })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('Add cookies under Cookies.') },
    })
    expect(await refused({ in: 'header', key: 'X-Key', value: 'a8F3kd92LmQ7xZp4Wv6tRb1N' })).toMatchObject({
      ok: false,
      error: { code: 'literal_secret' },
    })
  })
})

test('a cookie of a method is refused without a name that a cookie can have', async () => {
  const row = await systemDb().authenticationMethod.findUniqueOrThrow({ where: { id: method.id } })
  const saved = await saveMethod(manager, {
    ...{ methodId: method.id, revision: row.revision, name: row.name, timeoutSeconds: 30, documentationUrl: '' },
    ...{ options: {}, phases: [] },
    parameters: [
      {
        ...{ id: null, place: 'cookie', key: 'a b', value: '1', required: true, displayName: '', helpText: '' },
        ...{ phases: ['endpoint'], steps: [] },
      },
    ],
  })
  expect(saved).toMatchObject({ ok: false, error: { code: 'invalid_header', field: 'parameters.0.key' } })
})
