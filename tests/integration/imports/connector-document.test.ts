import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { cloneEndpoint } from '@/lib/endpoints/clone-endpoint'
import { getEndpointSchemas } from '@/lib/endpoints/get-endpoint-schemas'
import { duplicateConnector } from '@/lib/imports/duplicate-connector'
import { getConnectorDocument } from '@/lib/imports/get-connector-document'
import { importConnector } from '@/lib/imports/import-connector'
import { installPreset } from '@/lib/imports/install-preset'
import { readCatalogue } from '@/lib/imports/read-catalogue'
import type { Actor } from '@/lib/domain/access/actor'
import { workspaceDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import { sandboxOpenApi } from '@/tests/support/open-api-documents'

/** A connector as a document (DATA §16): complete, without values, and the same for the same connector. */

await testDatabase()

const documentOf = async (actor: Actor, connectorId: string) =>
  valueOf(await getConnectorDocument(actor, { connectorId })).document
const importOf = async (actor: Actor, document: string) => valueOf(await importConnector(actor, { document, name: '' }))

/** What importing a document into an empty workspace, and exporting it there, gives. */
async function again(document: string): Promise<string> {
  const other = await anActor('manager')
  return documentOf(other, (await importOf(other, document)).id)
}

/** Every kind of part, with values that differ from the defaults. */
const complete = {
  patchbay: 2,
  kind: 'connector',
  key: 'acme',
  name: 'Acme 2',
  versionLabel: '2026-01',
  description: 'Orders.\nAnd products.',
  systemType: 'erp',
  baseUrl: 'https://{{ shop }}.acme.test/v1',
  allowedHosts: ['*.acme.test'],
  dateFormat: 'DD.MM.YYYY',
  rateLimit: { amount: 40, per: 'minute' },
  documentationUrl: 'https://docs.acme.test',
  colour: '#ff8800',
  variables: [{ key: 'shop', displayName: 'Shop', required: true, pattern: '[a-z]+' }],
  parameters: [{ in: 'header', key: 'X-Client', value: 'patchbay' }],
  methods: [
    { key: 'zeta', name: 'Basic', type: 'basic' },
    {
      ...{ key: 'alpha', name: 'Token', type: 'token', timeoutSeconds: 45 },
      variables: [{ key: 'tenant', displayName: 'Tenant', required: true }],
      uses: [{ key: 'shop', required: true, configurable: true, advanced: false }],
      requests: { verify: { url: '/me', successRule: { jsonPath: '$.id' } } },
      parameters: [{ in: 'header', key: 'X-Tenant', value: '{{ tenant }}', sentWith: ['endpoint'] }],
    },
  ],
  endpoints: [
    {
      ...{ key: 'orders-b', name: 'List orders', entityType: 'Orders', url: '/orders' },
      ...{ dataPath: '$.orders[*]', deprecated: true, description: 'All of them: “yes” or no.' },
      scopes: ['orders.read', 'orders:all'],
      pagination: { type: 'page_number', place: 'url', parameter: 'page', first: 1, more: '', mostPages: 20 },
      parameters: [{ in: 'url', key: 'status', required: false, displayName: 'Status', helpText: 'open or paid' }],
      accepts: ['zeta', 'alpha'],
      responseSchema: 'Orders',
    },
    {
      ...{ key: 'create', name: 'Create an order', method: 'POST', direction: 'send', url: '/orders' },
      ...{ bodyFormat: 'json', body: '{ "note": "{{ note }}" }' },
      variables: [{ key: 'note', displayName: 'Note', defaultValue: 'yes' }],
      accepts: ['alpha'],
      requestSchema: 'Order',
    },
  ],
  schemas: {
    Orders: { type: 'object', properties: { orders: { type: 'array', items: { $ref: '#/$defs/Order' } } } },
    Order: { type: 'object', properties: { z: { const: '\u0000' }, a: { default: null }, '': true } },
    'no: #colon': false,
  },
}

describe('A connector as a document', () => {
  test('is the same after it was imported into an empty workspace', async () => {
    const actor = await anActor('manager')
    const document = await documentOf(actor, (await importOf(actor, JSON.stringify(complete))).id)
    expect(await again(document)).toBe(document)
  })

  test('has everything of the document that it was imported from', async () => {
    const actor = await anActor('manager')
    const document = await documentOf(actor, (await importOf(actor, JSON.stringify(complete))).id)
    const { endpoints, schemas, ...rest } = parse(document) as typeof complete
    const { endpoints: given, schemas: givenSchemas, ...others } = complete
    expect(rest).toEqual(others)
    // Endpoints come by their keys; what they accept, in the order of the methods.
    expect(endpoints).toEqual([given[1], given[0]])
    expect(Object.keys(schemas)).toEqual(['Order', 'Orders', 'no: #colon'])
    expect(schemas).toEqual(givenSchemas)
    expect(Object.keys(schemas.Order.properties)).toEqual(['z', 'a', ''])
  })

  test('made from an OpenAPI document is the same after export and import', async () => {
    const actor = await anActor('manager')
    const source = JSON.stringify(sandboxOpenApi('https://shop.acme.test'))
    const document = await documentOf(actor, (await importOf(actor, source)).id)
    expect(parse(document)).toMatchObject({ patchbay: 2, key: 'acme-shop' })
    expect(await again(document)).toBe(document)
  })

  test('of every ready-made connector is the same after export and import', async () => {
    const actor = await anActor('manager')
    const changed: string[] = []
    for (const { key } of await readCatalogue()) {
      const { id } = valueOf(await installPreset(actor, { preset: key, name: '' }))
      const document = await documentOf(actor, id)
      if ((await again(document)) !== document) changed.push(key)
    }
    expect(changed).toEqual([])
  })

  test('is not shown to another workspace', async () => {
    const actor = await anActor('manager')
    const { id } = await importOf(actor, JSON.stringify(complete))
    expect(refusalOf(await getConnectorDocument(await anActor('manager'), { connectorId: id })).code).toBe('not_found')
  })

  test('does not depend on the order in which parts were added', async () => {
    const [actor, other] = [await anActor('manager'), await anActor('manager')]
    const one = await importOf(actor, JSON.stringify(complete))
    const reversed = { ...complete, endpoints: complete.endpoints.toReversed() }
    const two = await importOf(other, JSON.stringify(reversed))
    expect(await documentOf(other, two.id)).toBe(await documentOf(actor, one.id))
  })
})

describe('Keys in a document', () => {
  test('are made of names where they are missing, and never of a key that another part has', async () => {
    const actor = await anActor('manager')
    const endpoints = [
      { name: 'List orders', url: '/a' },
      { name: 'Other', key: 'list-orders', url: '/b' },
    ]
    const { id } = await importOf(actor, JSON.stringify({ ...complete, endpoints }))
    const document = parse(await documentOf(actor, id)) as typeof complete
    expect(document.endpoints.map(({ key, name }) => [key, name])).toEqual([
      ['list-orders', 'Other'],
      ['list-orders-2', 'List orders'],
    ])
  })

  test('of a connector are numbered if the workspace has another one with them', async () => {
    const actor = await anActor('manager')
    await importOf(actor, JSON.stringify(complete))
    const { id } = await importOf(actor, JSON.stringify({ ...complete, name: 'Another' }))
    expect(parse(await documentOf(actor, id))).toMatchObject({ key: 'acme-2', name: 'Another' })
  })

  test.each([
    ['that is used twice', { endpoints: [complete.endpoints[0], complete.endpoints[0]] }, 'endpoints.1.key'],
    ['with a space', { key: 'a b' }, 'key'],
    ['of a method that does not exist', { endpoints: [{ ...complete.endpoints[0], accepts: ['Basic'] }] }, 'accepts'],
    ['of a schema that does not exist', { schemas: {} }, 'endpoints.0.responseSchema'],
  ])('are refused if there is one %s', async (_what, change, place) => {
    const actor = await anActor('manager')
    const refusal = refusalOf(
      await importConnector(actor, { document: JSON.stringify({ ...complete, ...change }), name: '' }),
    )
    expect(refusal).toMatchObject({ field: 'document', message: expect.stringContaining(place) as string })
  })

  test('of methods are names in a document of version 1', async () => {
    const actor = await anActor('manager')
    const { key: _, ...method } = complete.methods[0]!
    const document = {
      ...{ patchbay: 1, kind: 'connector', name: 'Earlier', methods: [method] },
      endpoints: [{ name: 'List', url: 'https://acme.test/a', accepts: ['Basic'] }],
    }
    const { id } = await importOf(actor, JSON.stringify(document))
    expect(parse(await documentOf(actor, id))).toMatchObject({
      patchbay: 2,
      methods: [{ key: 'basic', name: 'Basic' }],
      endpoints: [{ key: 'list', accepts: ['basic'] }],
    })
  })
})

describe('The schemas of a connector', () => {
  const schemasOf = async (actor: Actor, document: object, key: string) => {
    const { id: connectorId } = await importOf(actor, JSON.stringify(document))
    const db = workspaceDb(actor.workspaceId)
    const { id: endpointId } = await db.endpoint.findFirstOrThrow({ where: { connectorId, key } })
    return { connectorId, endpointId, read: valueOf(await getEndpointSchemas(actor, { connectorId, endpointId })) }
  }

  test('are shown at an endpoint with those that they refer to', async () => {
    const actor = await anActor('manager')
    const { read, ...ids } = await schemasOf(actor, complete, 'orders-b')
    const { Orders, Order } = complete.schemas
    expect(read).toEqual({
      request: null,
      response: { name: 'Orders', complete: true, schema: expect.any(String) as string },
    })
    expect(JSON.parse(read.response!.schema)).toEqual({ ...Orders, $defs: { Order } })
    expect(refusalOf(await getEndpointSchemas(await anActor('manager'), ids)).code).toBe('not_found')
  })

  test('may refer to themselves, and to more schemas than are shown at once', async () => {
    const actor = await anActor('manager')
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`S${index}`, { items: { $ref: `#/$defs/S${index + 1}` } }]),
    )
    const schemas = { ...many, S400: true, Tree: { properties: { child: { $ref: '#/$defs/Tree' } } } }
    const endpoints = [
      { key: 'tree', name: 'Tree', url: '/tree', responseSchema: 'Tree' },
      { key: 'chain', name: 'Chain', url: '/chain', responseSchema: 'S0' },
    ]
    const { read } = await schemasOf(actor, { ...complete, endpoints, schemas }, 'tree')
    expect(JSON.parse(read.response!.schema)).toEqual({ ...schemas.Tree, $defs: { Tree: schemas.Tree } })
    const chain = await schemasOf(await anActor('manager'), { ...complete, endpoints, schemas }, 'chain')
    expect(chain.read.response).toMatchObject({ name: 'S0', complete: false })
  })

  test('are copied with it and with an endpoint, and are deleted with it', async () => {
    const actor = await anActor('manager')
    const db = workspaceDb(actor.workspaceId)
    const { id: connectorId } = await importOf(actor, JSON.stringify(complete))
    const copy = valueOf(await duplicateConnector(actor, { connectorId, versionLabel: 'next' }))
    const withoutName = (document: string) => document.replace(/^(?:key|versionLabel): .*\n/gm, '')
    expect(withoutName(await documentOf(actor, copy.id))).toBe(withoutName(await documentOf(actor, connectorId)))
    const { id: endpointId } = await db.endpoint.findFirstOrThrow({ where: { connectorId, key: 'create' } })
    const clone = valueOf(await cloneEndpoint(actor, { endpointId, name: 'Clone' }))
    expect(await db.endpoint.findFirst({ where: { id: clone.id } })).toMatchObject({ requestSchema: 'Order' })
    await db.connector.deleteMany({ where: { id: connectorId } })
    expect(await db.connectorSchema.count({ where: { connectorId } })).toBe(0)
  })
})
