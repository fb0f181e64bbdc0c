import { beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { PersonActor } from '@/lib/domain/access/actor'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { endpointFieldsOf } from '@/lib/endpoints/fields'
import { getConnector } from '@/lib/connectors/get-connector'
import { applyConnectorDocument } from '@/lib/imports/apply/apply-connector-document'
import { compareConnectorDocument } from '@/lib/imports/apply/compare-connector-document'
import { getConnectorDocument } from '@/lib/imports/get-connector-document'
import { workspaceDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import { aFlowUsing, anInstance } from '@/tests/support/endpoint-builders'
import { anInstanceValue } from '@/tests/support/variable-builders'

/** A connection document creates a connector, or changes it to what it says (DATA §16). */

await testDatabase()

let actor: PersonActor
beforeEach(async () => void (actor = await anActor('manager')))

const acme = {
  ...{ patchbay: 2, kind: 'connector', key: 'acme', name: 'Acme', baseUrl: 'https://api.acme.test' },
  variables: [{ key: 'shop', displayName: 'Shop' }],
  parameters: [{ in: 'header', key: 'X-Client', value: 'patchbay' }],
  methods: [
    {
      ...{ key: 'token', name: 'Token', type: 'token' },
      variables: [{ key: 'tenant', displayName: 'Tenant' }],
      // Written by hand: the connector gets a variable for it.
      parameters: [{ in: 'header', key: 'X-Region', required: false, sentWith: ['endpoint'] }],
    },
    { key: 'basic', name: 'Basic', type: 'basic' },
  ],
  endpoints: [
    {
      ...{ key: 'list', name: 'List orders', url: '/orders', accepts: ['token', 'basic'], responseSchema: 'Orders' },
      parameters: [{ in: 'url', key: 'status', required: false }],
    },
    {
      ...{ key: 'create', name: 'Create an order', method: 'POST', url: '/orders', direction: 'send' },
      variables: [{ key: 'note', displayName: 'Note' }],
      accepts: ['token'],
    },
  ],
  schemas: { Orders: { type: 'array', items: { $ref: '#/$defs/Order' } }, Order: { type: 'object' } },
}

type Given = Omit<Parameters<typeof applyConnectorDocument>[1], 'document'>
const apply = (document: object = acme, given: Given = {}) =>
  applyConnectorDocument(actor, { document: JSON.stringify(document), ...given })
const applied = async (document: object = acme, given: Given = {}) => valueOf(await apply(document, given))
const compare = async (document: object, removeOthers = false) =>
  valueOf(await compareConnectorDocument(actor, { document: JSON.stringify(document), removeOthers }))
const exported = async (connectorId: string) => valueOf(await getConnectorDocument(actor, { connectorId }))
const db = () => workspaceDb(actor.workspaceId)
const idsOf = (connectorId: string) => ({ workspaceId: actor.workspaceId, connectorId })
const changesOf = (changes: readonly { change: string; kind: string; key: string }[]) =>
  changes.map(({ change, kind, key }) => `${change} ${kind} ${key}`.trim())

describe('A connection document', () => {
  test('creates the connector that its key names, and then changes it', async () => {
    const created = await applied()
    expect(created).toMatchObject({ key: 'acme', created: true, pendingOrigins: [] })
    const changed = await applied({ ...acme, description: 'Orders.' })
    expect(changed).toMatchObject({ id: created.id, created: false })
    expect(changesOf(changed.changes)).toEqual(['changed connector acme'])
    expect(await db().connector.count()).toBe(1)
  })

  test('changes nothing if it is applied again', async () => {
    const { id, documentHash } = await applied()
    const before = await db().connector.findFirstOrThrow({ where: { id } })
    const again = await applied()
    expect(again).toMatchObject({ changes: [], documentHash })
    expect(await db().connector.findFirstOrThrow({ where: { id } })).toEqual(before)
    expect((await compare(acme)).changes).toEqual([])
  })

  test('of a connector changes nothing there', async () => {
    const { id } = await applied()
    const { document, documentHash } = await exported(id)
    const again = valueOf(await applyConnectorDocument(actor, { document }))
    expect(again).toMatchObject({ changes: [], documentHash })
  })

  test('changes every kind of part, and the connector then has the same document', async () => {
    const { id } = await applied()
    const [token, basic] = acme.methods
    const [list, create] = acme.endpoints
    const next = {
      ...acme,
      ...{ name: 'Acme Commerce', rateLimit: { amount: 5, per: 'second' } },
      variables: [{ key: 'shop', displayName: 'Shop name', required: true }, { key: 'region' }],
      parameters: [{ in: 'url', key: 'client', value: '{{ region }}' }],
      methods: [
        { ...token, timeoutSeconds: 20 },
        { ...basic, name: 'User and password' },
        { key: 'none', name: 'None', type: 'none' },
      ],
      endpoints: [
        { ...list, ...{ dataPath: '$', accepts: ['none', 'token'], scopes: ['a'], requestSchema: 'Order' } },
        { ...create, variables: [{ key: 'note', displayName: 'A note' }, { key: 'tag' }] },
        { key: 'new', name: 'New', url: '/new', accepts: ['basic'], responseSchema: 'New' },
      ],
      schemas: { ...acme.schemas, Order: { type: 'object', title: 'Order' }, New: true },
    }
    const expected = [
      ...['changed connector acme', 'added variable region', 'changed variable shop', 'changed parameters'],
      ...['changed method basic', 'added method none', 'changed method token'],
      ...['changed endpoint create', 'changed endpoint list', 'added endpoint new'],
      ...['added schema New', 'changed schema Order'],
    ]
    expect(changesOf((await compare(next)).changes)).toEqual(expected)
    expect(changesOf((await applied(next)).changes)).toEqual(expected)
    expect((await compare(next)).changes).toEqual([])
    const fresh = await anActor('manager')
    const elsewhere = valueOf(await applyConnectorDocument(fresh, { document: JSON.stringify(next) }))
    const there = valueOf(await getConnectorDocument(fresh, { connectorId: elsewhere.id }))
    const sorted = (document: string) => {
      const { methods, ...rest } = parse(document) as typeof acme
      return { ...rest, methods: methods.toSorted((one, other) => (one.key < other.key ? -1 : 1)) }
    }
    expect(sorted((await exported(id)).document)).toEqual(sorted(there.document))
  })

  test('leaves what it does not contain, or removes it when it is asked to', async () => {
    const { id } = await applied()
    const less = {
      ...acme,
      variables: [],
      methods: acme.methods.slice(0, 1),
      schemas: {},
      endpoints: [
        {
          key: 'create',
          name: 'Create an order',
          method: 'POST',
          url: '/orders',
          direction: 'send',
          accepts: ['token'],
        },
      ],
    }
    const left = await applied(less)
    expect(changesOf(left.changes)).toEqual([
      ...['left variable shop', 'left method basic', 'changed endpoint create', 'left endpoint list'],
      ...['left schema Order', 'left schema Orders'],
    ])
    expect(await db().endpoint.count({ where: { connectorId: id } })).toBe(2)
    const removed = await applied(less, { removeOthers: true })
    expect(changesOf(removed.changes)).toEqual([
      ...['removed variable shop', 'removed method basic', 'removed endpoint list'],
      ...['removed schema Order', 'removed schema Orders'],
    ])
    expect(changesOf((await compare(less, true)).changes)).toEqual([])
  })

  test('is applied completely or not at all', async () => {
    const { id, documentHash } = await applied()
    const [list, create] = acme.endpoints
    const wrong = {
      ...acme,
      description: 'New',
      endpoints: [
        { ...list, name: 'Other' },
        { ...create, name: 'other' },
      ],
    }
    expect(refusalOf(await apply(wrong))).toMatchObject({ code: 'name_taken', field: 'document' })
    const taken = { ...acme, description: 'New', endpoints: [{ key: 'third', name: 'List orders', url: '/third' }] }
    expect(refusalOf(await apply(taken))).toMatchObject({ code: 'name_taken', field: 'document' })
    expect((await exported(id)).documentHash).toBe(documentHash)
  })

  test('cannot change the type of a method, and says which method', async () => {
    await applied()
    const [, basic] = acme.methods
    const refusal = refusalOf(
      await apply({ ...acme, methods: [{ ...basic, key: 'token' }, acme.methods[0]].slice(0, 1), endpoints: [] }),
    )
    expect(refusal.message).toMatch(/^Method “Basic”: .*type/)
  })

  test.each([
    ['an OpenAPI document', { openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: {} }, /Only a connection/],
    ['a method', { patchbay: 1, kind: 'authentication_method', name: 'x', type: 'basic' }, /authentication method/],
    ['something else', { hello: 1 }, /neither/],
  ])('is not %s', async (_what, document, message) => {
    expect(refusalOf(await apply(document)).message).toMatch(message)
  })
})

describe('A part of a document', () => {
  const [token, basic] = acme.methods
  const [list, create] = acme.endpoints

  test('leaves switches alone of methods that the document does not contain', async () => {
    const { id } = await applied()
    await applied({ ...acme, methods: [token], endpoints: [{ ...list, accepts: ['token'], dataPath: '$' }] })
    const { document } = await exported(id)
    expect((parse(document) as typeof acme).endpoints.find(({ key }) => key === 'list')?.accepts).toEqual([
      'token',
      'basic',
    ])
  })

  test('may have another key under the same name, if the old one is removed', async () => {
    await applied()
    const next = {
      ...acme,
      endpoints: [{ ...list, key: 'orders' }, create],
      methods: [{ ...token }, { ...basic, key: 'user' }],
    }
    const renamed = { ...next, endpoints: next.endpoints.map((each) => ({ ...each, accepts: ['token'] })) }
    expect(refusalOf(await apply(renamed)).code).toBe('name_taken')
    expect(changesOf((await applied(renamed, { removeOthers: true })).changes)).toEqual([
      ...['removed method basic', 'added method user', 'removed endpoint list', 'added endpoint orders'],
    ])
    expect((await compare(renamed)).changes).toEqual([])
  })

  test('that swaps the names of two methods is refused, not an error', async () => {
    await applied()
    const swapped = [
      { ...token, name: 'Basic' },
      { ...basic, name: 'Token' },
    ]
    expect(refusalOf(await apply({ ...acme, methods: swapped }))).toMatchObject({
      code: 'name_taken',
      field: 'document',
    })
  })

  test('names each method and each variable that it uses once', async () => {
    const twice = { ...acme, endpoints: [{ ...list, accepts: ['token', 'token'] }] }
    expect((await applied(twice)).created).toBe(true)
    const uses = (keys: string[]) => ({ ...acme, methods: [{ ...token, uses: keys.map((key) => ({ key })) }, basic] })
    expect(refusalOf(await apply(uses(['shop', 'shop']))).message).toContain('listed twice')
    expect(refusalOf(await apply(uses(['nothing']))).message).toContain('no variable “nothing”')
  })

  test('changes nothing again: order of variables, spelling of groups, a body that a form does not send', async () => {
    await applied()
    const form = { ...create, bodyFormat: 'form', body: 'x', entityType: 'orders' }
    const next = {
      ...acme,
      methods: [{ ...token, variables: [{ key: 'early' }, { key: 'tenant', displayName: 'Tenant' }] }, basic],
      endpoints: [
        { ...list, entityType: 'Orders', variables: [{ key: 'b' }, { key: 'a' }] },
        { ...form, variables: [{ key: 'early' }, { key: 'note', displayName: 'Note' }] },
      ],
    }
    await applied(next)
    expect((await compare(next)).changes).toEqual([])
    expect((await applied(next)).changes).toEqual([])
  })

  test('keeps the IDs of two parameters with the same key, so that flows fill the same one', async () => {
    const two = [
      { in: 'url', key: 'include', required: false },
      { in: 'url', key: 'include', required: false, displayName: 'Also include' },
    ]
    const { id } = await applied({ ...acme, endpoints: [{ ...list, parameters: two }] })
    const idsOfParameters = async () =>
      (await db().parameter.findMany({ where: { connectorId: id, key: 'include' }, orderBy: { position: 'asc' } })).map(
        (row) => row.id,
      )
    const before = await idsOfParameters()
    await applied({ ...acme, endpoints: [{ ...list, parameters: two, dataPath: '$' }] })
    expect(await idsOfParameters()).toEqual(before)
  })

  test('with optional parameters of a method changes the defaults of the variables that were made for them', async () => {
    const region = (...values: string[]) => ({
      ...acme,
      methods: [
        {
          ...token,
          parameters: values.map((value) => ({
            in: 'url',
            key: 'region',
            value,
            required: false,
            sentWith: ['endpoint'],
          })),
        },
      ],
      endpoints: [],
    })
    const { id } = await applied(region('a', 'b'))
    expect((await compare(region('a', 'b'))).changes).toEqual([])
    await applied(region('c', 'b'))
    const variables = await db().variable.findMany({
      where: { connectorId: id, alias: 'region' },
      orderBy: { key: 'asc' },
      select: { key: true, defaultValue: true },
    })
    expect(variables).toEqual([
      { key: 'region', defaultValue: 'c' },
      { key: 'region_2', defaultValue: 'b' },
    ])
    expect((await compare(region('c', 'b'))).changes).toEqual([])
  })
})

describe('Instances and flows', () => {
  test('stay: an instance keeps its values, and a flow its endpoint and its filter', async () => {
    const { id } = await applied()
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId: id, key: 'token' } })
    const endpoint = await db().endpoint.findFirstOrThrow({ where: { connectorId: id, key: 'list' } })
    const instance = await anInstance(idsOf(id), method.id, 'Acme UK')
    const tenant = await db().variable.findFirstOrThrow({ where: { connectorId: id, key: 'tenant' } })
    await anInstanceValue(idsOf(id), instance.id, tenant.id, 'north')
    const [token, basic] = acme.methods
    const [list, create] = acme.endpoints
    await applied({
      ...acme,
      methods: [{ ...token, name: 'API token' }, basic],
      endpoints: [{ ...list, name: 'Orders', url: '/v2/orders' }, create],
    })
    expect(await db().instanceValue.count({ where: { instanceId: instance.id } })).toBe(1)
    expect(await db().endpoint.findFirst({ where: { id: endpoint.id } })).toMatchObject({ name: 'Orders' })
  })

  test('are not stranded without a confirmation (rule R3)', async () => {
    const { id } = await applied()
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId: id, key: 'token' } })
    const endpoint = await db().endpoint.findFirstOrThrow({ where: { connectorId: id, key: 'list' } })
    const { id: instanceId } = await anInstance(idsOf(id), method.id)
    await aFlowUsing(idsOf(id), { name: 'Nightly', instanceId, endpointId: endpoint.id })
    const [list, create] = acme.endpoints
    const without = { ...acme, endpoints: [{ ...list, accepts: ['basic'] }, create] }
    expect(refusalOf(await apply(without))).toMatchObject({
      code: 'confirmation_needed',
      message: expect.stringContaining('Nightly') as string,
    })
    expect(changesOf((await applied(without, { confirmed: true })).changes)).toEqual(['changed endpoint list'])
    const none = { ...without, endpoints: [create] }
    expect(refusalOf(await apply(none, { removeOthers: true, confirmed: true }))).toMatchObject({
      code: 'in_use',
      message: expect.stringContaining('Nightly') as string,
    })
  })

  test('lose a value only after a question', async () => {
    const { id } = await applied()
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId: id, key: 'token' } })
    const instance = await anInstance(idsOf(id), method.id)
    const tenant = await db().variable.findFirstOrThrow({ where: { connectorId: id, key: 'tenant' } })
    await anInstanceValue(idsOf(id), instance.id, tenant.id, 'north')
    const [token, basic] = acme.methods
    const without = { ...acme, methods: [{ ...token, variables: [] }, basic] }
    expect(refusalOf(await apply(without)).code).toBe('confirmation_needed')
    await applied(without, { confirmed: true })
    expect((await compare(without)).changes).toEqual([])
  })

  test('do not send credentials to another host because a new endpoint has a variable of it (rule R14)', async () => {
    const hosted = {
      ...acme,
      baseUrl: 'https://{{ shop }}.acme.test',
      variables: [{ key: 'shop', defaultValue: 'eu' }],
    }
    const { id } = await applied(hosted)
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId: id, key: 'token' } })
    await anInstance(idsOf(id), method.id)
    const other = { key: 'other', name: 'Other', url: '/x', variables: [{ key: 'shop', defaultValue: 'evil' }] }
    const next = { ...hosted, endpoints: [...hosted.endpoints, other] }
    expect(refusalOf(await apply(next)).code).toBe('not_allowed')
    const administrator = await anActor('administrator', actor.workspaceId)
    const asAdministrator = (confirmed: boolean) =>
      applyConnectorDocument(administrator, { document: JSON.stringify(next), confirmed })
    expect(refusalOf(await asAdministrator(false)).code).toBe('confirmation_needed')
    expect(valueOf(await asAdministrator(true)).created).toBe(false)
  })

  test('keep new addresses waiting for an administrator (DATA §6)', async () => {
    const { id } = await applied()
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId: id, key: 'token' } })
    await anInstance(idsOf(id), method.id)
    const moved = await applied({ ...acme, baseUrl: 'https://api.other.test' })
    expect(moved.pendingOrigins).toEqual(['https://api.other.test'])
  })
})

describe('A change since the document was read', () => {
  test('is not overwritten: the hash that the document is based on has to be the current one', async () => {
    const { id, documentHash } = await applied()
    const endpoint = await db().endpoint.findFirstOrThrow({ where: { connectorId: id, key: 'list' } })
    const edit = { ...endpointFieldsOf(endpoint), endpointId: endpoint.id, revision: endpoint.revision, parameters: [] }
    valueOf(await saveEndpoint(actor, { ...edit, url: '/by-hand' }))
    const next = { ...acme, description: 'Mine' }
    expect(refusalOf(await apply(next, { expectedHash: documentHash })).code).toBe('changed_by_someone_else')
    const { documentHash: now } = await exported(id)
    expect(valueOf(await apply(next, { expectedHash: now })).created).toBe(false)
  })

  test('cannot slip in: of ten documents based on the same one, one is applied', async () => {
    const { documentHash } = await applied()
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        apply({ ...acme, description: `Number ${index}` }, { expectedHash: documentHash }),
      ),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('includes that the connector was created: a document for a new one does not overwrite it', async () => {
    const results = await Promise.all(
      [1, 2, 3].map((number) => apply({ ...acme, description: `Number ${number}` }, { expectedHash: 'none' })),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await apply(acme, { expectedHash: 'none' })).code).toBe('changed_by_someone_else')
  })

  test('is refused too if the connector is gone', async () => {
    expect(refusalOf(await apply(acme, { expectedHash: '0'.repeat(64) })).code).toBe('not_found')
  })
})

describe('A connector that a repository manages', () => {
  const managedBy = { repository: 'https://git.acme.test/connectors', path: 'acme.yaml', commit: 'abc' }

  test('says so, with the document as it was pushed', async () => {
    const { id, documentHash } = await applied(acme, { managedBy })
    expect(valueOf(await getConnector(actor, { connectorId: id })).managedBy).toMatchObject({
      ...managedBy,
      documentHash,
      keyId: null,
    })
  })

  test('stays managed when it is changed in the app', async () => {
    const { id } = await applied(acme, { managedBy })
    await applied({ ...acme, description: 'By hand' })
    expect(valueOf(await getConnector(actor, { connectorId: id })).managedBy).toMatchObject(managedBy)
  })
})

test('A connector has exactly the key of its document', async () => {
  for (const key of ['acme--eu', 'acme-', 'a'.repeat(80)]) {
    const document = { ...acme, key, name: `Acme ${key}` }
    expect(await applied(document)).toMatchObject({ created: true, key })
    expect(await applied(document)).toMatchObject({ created: false, changes: [] })
  }
})

test('A document of another workspace creates a connector here', async () => {
  await applied()
  const other = await anActor('manager')
  const document = JSON.stringify(acme)
  expect(valueOf(await applyConnectorDocument(other, { document }))).toMatchObject({ created: true, key: 'acme' })
  expect(valueOf(await compareConnectorDocument(await anActor('manager'), { document })).connectorId).toBeNull()
})
