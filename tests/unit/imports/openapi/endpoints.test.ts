import { describe, expect, it, test } from 'vitest'
import { linesOf, mapped, withOperation } from '@/tests/support/mapped-open-api'

const responding = (schema: object, path = '/orders') =>
  mapped(
    withOperation({ responses: { 200: { description: '', content: { 'application/json': { schema } } } } }, {}, [
      path,
      'get',
    ]),
  )

const list = { type: 'array', items: { type: 'object' } }

describe('The data path', () => {
  it.each([
    ['a list', list, '$'],
    ['a usual name', { properties: { total: {}, tags: list, data: list } }, '$.data'],
    ['the only list', { properties: { count: {}, orders: list } }, '$.orders'],
    ['a list in a wrapper', { properties: { data: { properties: { items: list, page: {} } } } }, '$.data.items'],
    ['HAL', { properties: { _embedded: { properties: { orders: list } } } }, '$._embedded.orders'],
    ['a name with other characters', { properties: { 'order-list': list } }, "$['order-list']"],
    [
      'a schema of several parts',
      { allOf: [{ properties: { page: {} } }, { properties: { results: list } }] },
      '$.results',
    ],
    ['two unusual lists', { properties: { a: list, b: list } }, ''],
    ['only errors', { properties: { errors: list } }, ''],
    ['a single record', { properties: { id: {}, lines: list } }, ''],
  ])('of %s', (_, schema, path) => {
    expect(responding(schema).connector.endpoints[0]?.dataPath).toBe(path)
  })

  test('is empty for the address of one record', () => {
    expect(responding({ properties: { lines: list } }, '/orders/{id}').connector.endpoints[0]?.dataPath).toBe('')
  })
})

describe('An endpoint', () => {
  it.each([
    ['get', {}, 'receive'],
    ['post', { operationId: 'createOrder' }, 'send'],
    ['post', { operationId: 'searchOrders' }, 'receive'],
    ['post', { operationId: 'listen' }, 'send'],
    ['delete', {}, 'send'],
  ])('of %s with %j has the direction %s', (method, operation, direction) => {
    expect(mapped(withOperation(operation, {}, ['/orders', method])).connector.endpoints[0]?.direction).toBe(direction)
  })

  test('has the first tag as entity type, and is marked as deprecated', () => {
    const { connector, endpoints } = mapped(withOperation({ tags: ['Orders', 'Sales'], deprecated: true }))
    expect(connector.endpoints[0]).toMatchObject({ entityType: 'Orders', deprecated: true })
    expect(endpoints[0]).toMatchObject({ pointer: '/paths/~1orders/get', tags: ['Orders', 'Sales'] })
  })

  test('has the description, with the link to more documentation', () => {
    const externalDocs = { url: 'https://docs.example.com/orders' }
    const { connector } = mapped(withOperation({ description: 'All orders.', externalDocs }))
    expect(connector.endpoints[0]?.description).toBe('All orders.\nhttps://docs.example.com/orders')
  })

  test('has a description of limited length, and none with a secret; the report says so', () => {
    const long = mapped(withOperation({ description: 'a'.repeat(5_000) }))
    expect(long.connector.endpoints[0]?.description).toHaveLength(4_096)
    expect(linesOf(long.report, 'limit')).toEqual([
      '/paths/~1orders/get/description: The description was cut after 4096 characters.',
    ])
    const key = `ghp_${'a1B2'.repeat(9)}`
    const secret = mapped(withOperation({ description: `Send ${key}.` }))
    expect(secret.connector.endpoints[0]?.description).toBe('')
    expect(linesOf(secret.report, 'changed')).toHaveLength(1)
    expect(JSON.stringify(secret)).not.toContain(key)
  })

  test('asks for the media type of the API where it is not the usual one', () => {
    const responses = { 200: { content: { 'application/hal+json': { schema: {} } } } }
    const { connector } = mapped(withOperation({ responses }))
    expect(connector.endpoints[0]?.parameters).toMatchObject([
      { in: 'header', key: 'Accept', value: 'application/hal+json' },
    ])
  })

  it.each(['trace', 'query'])('cannot have the method %s, which is reported', (method) => {
    const { connector, report } = mapped(withOperation({}, {}, ['/orders', method]))
    expect(connector.endpoints).toEqual([])
    expect(linesOf(report, 'not_imported')[0]).toMatch(/^\/paths\/~1orders\//)
  })
})

describe('The name of an endpoint', () => {
  it.each([
    ['the summary', { summary: 'List all orders.', operationId: 'x' }, 'List all orders'],
    ['the operation ID in words', { operationId: 'getOrderByID' }, 'Get order by ID'],
    ['the operation ID with its verb first', { operationId: 'youtube.videos.list' }, 'List youtube videos'],
    [
      'the operation ID, where the summary is a description',
      { operationId: 'listOrders', summary: 'a '.repeat(60) },
      'List orders',
    ],
    ['method and path', {}, 'List orders'],
    ['method and path, where the summary is invisible', { summary: '\u200b' }, 'List orders'],
  ])('is %s', (_, operation, name) => {
    expect(mapped(withOperation(operation)).connector.endpoints[0]?.name).toBe(name)
  })

  test('is unique ignoring case', () => {
    const { connector } = mapped({
      openapi: '3.0.0',
      info: { title: 'A', version: '1' },
      paths: {
        '/a': { get: { summary: 'List' } },
        '/b': { get: { summary: 'list', operationId: 'listB' } },
        '/c': { get: { summary: 'LIST' }, put: { summary: 'List' } },
      },
    })
    expect(connector.endpoints.map(({ name }) => name)).toEqual([
      'List',
      'list (List b)',
      'LIST (GET /c)',
      'List (PUT /c)',
    ])
  })
})

describe('Requests that the API sends', () => {
  test('are listed in the report', () => {
    const callbacks = { paid: { '{$request.body#/url}': { post: {} } } }
    const { report } = mapped(withOperation({ callbacks }, { webhooks: { 'order/created': { post: {} } } }))
    expect(linesOf(report, 'not_imported').map((line) => line.split(':')[0])).toEqual([
      '/paths/~1orders/get/callbacks/paid',
      '/webhooks/order~1created',
    ])
  })
})

describe('The connector', () => {
  test('has title, version, description and documentation', () => {
    const info = { title: 'Orders API', version: '2026-01', description: 'All about orders.' }
    const externalDocs = { url: 'https://docs.example.com' }
    const { connector } = mapped({ openapi: '3.2.0', info, externalDocs, paths: {} })
    expect(connector).toMatchObject({
      name: 'Orders API',
      versionLabel: '2026-01',
      description: info.description,
      documentationUrl: externalDocs.url,
    })
  })

  test('cuts a long description, with a line in the report', () => {
    const { connector, report } = mapped({
      openapi: '3.1.0',
      info: { title: 'A', version: '1', description: 'a'.repeat(1_000_000) },
    })
    expect(connector.description).toHaveLength(2_000)
    expect(linesOf(report, 'limit')).toHaveLength(1)
  })
})
