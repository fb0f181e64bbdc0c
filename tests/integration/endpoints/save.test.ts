import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { saveEndpointSchema, type SaveEndpoint } from '@/lib/endpoints/schema'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aFlowUsing, aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'
import { endpointAsSaved, newParameter } from './endpoint-support'

let manager: PersonActor
let owner: Awaited<ReturnType<typeof aConnector>>
let endpointId: string
beforeAll(async () => {
  await testDatabase()
})
beforeEach(async () => {
  manager = await anActor('manager', undefined, 'Mia Manager')
  owner = await aConnector(manager.workspaceId)
  endpointId = (await anEndpoint(owner, 'List orders')).id
})

const save = async (given: Partial<SaveEndpoint>) => saveEndpoint(manager, await endpointAsSaved(endpointId, given))
const parametersNow = () => systemDb().parameter.findMany({ where: { endpointId }, orderBy: { position: 'asc' } })

describe('one save for the whole definition', () => {
  test('details, URL, headers, body and response are stored together, and audited by field', async () => {
    const saved = await save({
      name: 'Create order',
      direction: 'send',
      httpMethod: 'POST',
      url: '/v2/orders',
      bodyFormat: 'json',
      body: '{"status": "{{ status }}"}',
      dataPath: '$.orders[*]',
      deprecated: true,
      parameters: [
        newParameter(),
        newParameter({ place: 'header', key: 'X-Shop', value: '{{ shop }}', required: true }),
      ],
    })
    expect(saved).toEqual({
      ok: true,
      value: { revision: 2, pendingOrigins: [], unknownVariables: ['status', 'shop'] },
    })
    const detail = await getEndpoint(manager, { connectorId: owner.connectorId, endpointId })
    expect(detail).toMatchObject({
      ok: true,
      value: {
        ...{
          name: 'Create order',
          direction: 'send',
          httpMethod: 'POST',
          url: '/v2/orders',
          dataPath: '$.orders[*]',
          deprecated: true,
          revision: 2,
        },
        body: '{"status": "{{ status }}"}',
        parameters: [
          { place: 'url', key: 'status', required: false },
          { place: 'header', key: 'X-Shop', required: true },
        ],
      },
    })
    const [audit] = await systemDb().auditLog.findMany({ where: { objectId: endpointId, action: 'update_endpoint' } })
    expect(audit).toMatchObject({
      objectName: 'Create order',
      changes: {
        fields: expect.arrayContaining([
          { field: 'name', from: 'List orders', to: 'Create order' },
          { field: 'body', from: null, to: '{"status": "{{ status }}"}' },
          expect.objectContaining({ field: 'parameter', of: 'URL parameter status', how: 'added' }),
          expect.objectContaining({ field: 'parameter', of: 'header X-Shop', how: 'added' }),
        ]),
      },
    })
  })

  test('the pagination is stored, shown and audited, and a save that leaves it alone does not audit it', async () => {
    const pagination = {
      ...{ type: 'page_number' as const, place: 'url' as const, parameter: 'page' },
      ...{ first: 1, more: '', mostPages: 10_000 },
    }
    await save({ pagination })
    const detail = await getEndpoint(manager, { connectorId: owner.connectorId, endpointId })
    expect(detail).toMatchObject({ ok: true, value: { pagination } })
    // The database gives the keys back in another order than they were sent in.
    await save({ pagination, name: 'Get orders' })
    const audit = await systemDb().auditLog.findMany({ where: { objectId: endpointId }, orderBy: { id: 'asc' } })
    expect(audit.map(({ changes }) => changes)).toEqual([
      {
        fields: [
          { field: 'pagination.type', from: 'none', to: 'page_number' },
          { field: 'pagination.place', from: null, to: 'url' },
          { field: 'pagination.parameter', from: null, to: 'page' },
          { field: 'pagination.first', from: null, to: 1 },
          { field: 'pagination.mostPages', from: null, to: 10_000 },
        ],
      },
      { fields: [{ field: 'name', from: 'List orders', to: 'Get orders' }] },
    ])
  })

  test('two parameters with the same id are two', async () => {
    await save({ parameters: [newParameter({ key: 'a' })] })
    const { id } = (await parametersNow())[0]!
    await save({ parameters: [newParameter({ id, key: 'a' }), newParameter({ id, key: 'b' })] })
    const after = await parametersNow()
    expect(after.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(after[0]!.id).toBe(id)
  })

  test('parameters keep their ids through edits and moves; an id of another endpoint becomes a new parameter', async () => {
    await save({ parameters: [newParameter({ key: 'a' }), newParameter({ key: 'b' })] })
    const [a, b] = await parametersNow()
    const elsewhere = await anEndpoint(owner, 'Other')
    const foreign = await systemDb().parameter.create({
      data: { ...owner, endpointId: elsewhere.id, place: 'url', key: 'theirs', value: 'untouched' },
    })
    const current = await endpointAsSaved(endpointId)
    const [first, second] = current.parameters
    await saveEndpoint(manager, {
      ...current,
      parameters: [{ ...second!, value: 'new' }, first!, newParameter({ id: foreign.id, key: 'mine' })],
    })
    const after = await parametersNow()
    expect(after.map(({ id, key, value }) => [id, key, value])).toMatchObject([
      [b!.id, 'b', 'new'],
      [a!.id, 'a', '{{ status }}'],
      [expect.not.stringMatching(foreign.id), 'mine', expect.any(String)],
    ])
    expect(await systemDb().parameter.findUnique({ where: { id: foreign.id } })).toMatchObject({
      key: 'theirs',
      value: 'untouched',
      endpointId: elsewhere.id,
    })
  })

  test('a body template is deleted with its format', async () => {
    await save({ bodyFormat: 'text', body: 'hello' })
    await save({ bodyFormat: 'form' })
    expect(await systemDb().endpoint.findUnique({ where: { id: endpointId } })).toMatchObject({
      bodyFormat: 'form',
      body: '',
    })
  })
})

describe('rule R12: two people editing', () => {
  test('the second save is refused with who and when, and changes nothing', async () => {
    const first = await endpointAsSaved(endpointId, { name: 'By Mia' })
    const second = await endpointAsSaved(endpointId, { name: 'By Sam', parameters: [newParameter()] })
    const sam = await anActor('manager', manager.workspaceId, 'Sam')
    expect(await saveEndpoint(manager, first)).toMatchObject({ ok: true })
    const refused = await saveEndpoint(sam, second)
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', message: expect.stringContaining('Mia Manager') },
    })
    expect(await systemDb().endpoint.findUnique({ where: { id: endpointId } })).toMatchObject({
      name: 'By Mia',
      revision: 2,
    })
    expect(await parametersNow()).toEqual([])
  })

  test('of ten saves at once exactly one is stored', async () => {
    const input = await endpointAsSaved(endpointId)
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, number) => saveEndpoint(manager, { ...input, name: `Name ${number}` })),
    )
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(results.filter((result) => !result.ok && result.error.code === 'changed_by_someone_else')).toHaveLength(9)
  })
})

describe('what is refused, with an error on its field', () => {
  test.each<[string, Partial<SaveEndpoint>, string, string]>([
    ['a URL that runs script', { url: 'javascript:alert(1)' }, 'url', ''],
    ['a template that is not closed', { url: '/orders/{{ id' }, 'url', ''],
    [
      'a header that is none',
      { parameters: [newParameter(), newParameter({ place: 'header', key: 'X Shop' })] },
      'parameters.1.key',
      'invalid_header',
    ],
    [
      'a header the product sets itself',
      { parameters: [newParameter({ place: 'header', key: 'Host' })] },
      'parameters.0.key',
      'invalid_header',
    ],
    [
      'a tag in a value',
      { parameters: [newParameter({ value: '{% if x %}y{% endif %}' })] },
      'parameters.0.value',
      'invalid_template',
    ],
    ['an unknown filter', { bodyFormat: 'json', body: '{"a": "{{ b | evaluate }}"}' }, 'body', 'invalid_template'],
    [
      'body parameters of a JSON body',
      { bodyFormat: 'json', body: '{}', parameters: [newParameter({ place: 'body' })] },
      'parameters.0.key',
      'invalid_input',
    ],
    ['a data path that is no JSONPath', { dataPath: '$.orders[' }, 'dataPath', ''],
    [
      'a literal secret',
      {
        parameters: [
          newParameter({ place: 'header', key: 'Authorization', value: 'Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc' }),
        ],
      },
      'parameters.0.value',
      'literal_secret',
    ],
  ])('%s', async (_, given, field, code) => {
    const refused = await save(given)
    expect(refused).toMatchObject({ ok: false, error: { field, ...(code === '' ? {} : { code }) } })
    expect(await systemDb().endpoint.findUnique({ where: { id: endpointId } })).toMatchObject({ revision: 1 })
  })

  test('a refusal never repeats a secret that was typed', async () => {
    const secret = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc'
    const refused = await save({ parameters: [newParameter({ value: secret })] })
    expect(refused.ok).toBe(false)
    expect(JSON.stringify(refused)).not.toContain(secret)
  })

  test('a taken name, and nothing of the save is stored', async () => {
    await anEndpoint(owner, 'Get order')
    expect(await save({ name: 'GET order', parameters: [newParameter()] })).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
    expect(await parametersNow()).toEqual([])
  })

  test('by the schema: CRLF in a URL or key, too many parameters, unknown keys', async () => {
    const input = await endpointAsSaved(endpointId)
    const parse = (given: object) => saveEndpointSchema.safeParse({ ...input, ...given }).success
    expect(parse({})).toBe(true)
    expect(parse({ url: '/x\r\nX: y' })).toBe(false)
    expect(parse({ parameters: [newParameter({ key: 'a\nb' })] })).toBe(false)
    expect(parse({ parameters: Array.from({ length: 201 }, () => newParameter()) })).toBe(false)
    expect(parse({ connectorId: owner.connectorId })).toBe(false)
    expect(parse({ parameters: [{ ...newParameter(), methodId: endpointId }] })).toBe(false)
  })

  test('read-only people, users and other workspaces', async () => {
    const input = await endpointAsSaved(endpointId)
    expect(await saveEndpoint(await anActor('read_only', manager.workspaceId), input)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await saveEndpoint(await anActor('user', manager.workspaceId), input)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await saveEndpoint(await anActor('administrator'), input)).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await saveEndpoint(manager, { ...input, endpointId: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

test('removing a filter that a flow fills asks first, and names the flow', async () => {
  const method = await aMethod(owner, 'basic auth')
  const instance = await anInstance(owner, method.id)
  await save({ parameters: [newParameter()] })
  const [filter] = await parametersNow()
  const { shapeId } = await aFlowUsing(owner, { name: 'Nightly orders', instanceId: instance.id, endpointId })
  await systemDb().shapeValue.create({ data: { ...owner, shapeId, parameterId: filter!.id, value: 'open' } })
  expect(await save({ parameters: [] })).toMatchObject({
    ok: false,
    error: { code: 'confirmation_needed', message: expect.stringContaining('Nightly orders') },
  })
  expect(await parametersNow()).toHaveLength(1)
  expect(await save({ parameters: [], confirmed: true })).toMatchObject({ ok: true })
  expect(await parametersNow()).toEqual([])
})

test('a URL with a new origin waits for an administrator once the connector has instances (DATA §6)', async () => {
  const method = await aMethod(owner, 'basic auth')
  await save({ url: '/orders' })
  await anInstance(owner, method.id)
  const saved = await save({ url: 'https://elsewhere.example/orders' })
  expect(saved).toMatchObject({ ok: true, value: { pendingOrigins: ['https://elsewhere.example'] } })
})

test('templates may use variables of the endpoint, of every method and of the connector, the nearest first', async () => {
  const method = await aMethod(owner, 'basic auth')
  const variable = (data: object) =>
    systemDb().variable.create({ data: { ...owner, displayName: 'Shown', ...data } as never })
  await variable({ level: 'connector', key: 'account' })
  await variable({ level: 'connector', key: 'status' })
  await variable({ level: 'method', methodId: method.id, key: 'password', secret: true })
  await variable({ level: 'endpoint', endpointId, key: 'status' })
  const other = await anEndpoint(owner, 'Other')
  await variable({ level: 'endpoint', endpointId: other.id, key: 'not_here' })
  const detail = await getEndpoint(manager, { connectorId: owner.connectorId, endpointId })
  if (!detail.ok) throw new Error(detail.error.message)
  const named = new Map(detail.value.namedVariables.map((entry) => [entry.key, entry]))
  expect(named.get('status')).toMatchObject({ origin: 'This endpoint' })
  expect(named.get('password')).toMatchObject({ origin: 'basic auth', secret: true })
  expect(named.get('account')).toMatchObject({ origin: 'Connector' })
  expect(named.has('not_here')).toBe(false)
})
