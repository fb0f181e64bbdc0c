import { describe, expect, test } from 'vitest'
import { mostEndpointLines, readEndpointLines } from '@/lib/domain/requests/endpoint-lines'

const one = (text: string) => readEndpointLines(text).endpoints[0]
const problemOf = (text: string) => readEndpointLines(text).problems[0]?.message

describe('a line', () => {
  test('is a method, a path and a name', () => {
    expect(one('get /orders All our orders')).toEqual({
      line: 1,
      httpMethod: 'GET',
      url: '/orders',
      name: 'All our orders',
      nameIsDerived: false,
      direction: 'receive',
      variables: [],
    })
  })

  test.each([
    ['GET', 'receive'],
    ['HEAD', 'receive'],
    ['OPTIONS', 'receive'],
    ['POST', 'send'],
    ['PUT', 'send'],
    ['PATCH', 'send'],
    ['DELETE', 'send'],
  ])('with %s has the direction %s', (method, direction) => {
    expect(one(`${method} /x`)?.direction).toBe(direction)
  })

  test.each([
    ['GET /orders', 'List orders'],
    ['GET /orders/{id}', 'Get order'],
    ['GET /orders/:id', 'Get order'],
    ['GET /orders/{id}/lineItems', 'List line items'],
    ['POST /orders', 'Create order'],
    ['PUT /categories/{id}', 'Replace category'],
    ['PATCH /boxes/{id}', 'Update box'],
    ['DELETE /statuses/{id}', 'Delete status'],
    ['GET /status/{id}', 'Get status'],
    ['GET /warehouses/{id}', 'Get warehouse'],
    ['GET /houses/{id}', 'Get house'],
    ['GET /causes/{id}', 'Get cause'],
    ['GET /caches/{id}', 'Get cache'],
    ['GET /buses/{id}', 'Get bus'],
    ['GET /branches/{id}', 'Get branch'],
    ['GET /order-list.json?limit=5', 'List order list'],
    ['GET https://api.acme.test/v1/orders', 'List orders'],
    ['GET /', 'List root'],
    ['HEAD /orders', 'HEAD orders'],
  ])('without a name, %s, is called “%s”', (line, name) => {
    expect(one(line)).toMatchObject({ name, nameIsDerived: true })
  })

  test('has its path variables as templates', () => {
    expect(one('GET /shops/{shop-id}/orders/:order_id Get order')).toMatchObject({
      url: '/shops/{{ shop_id }}/orders/{{ order_id }}',
      variables: ['shop_id', 'order_id'],
      name: 'Get order',
    })
  })

  test('keeps templates, a port and colons in a query', () => {
    expect(one('GET http://localhost:4000/{{ shop }}/x?at=10:30 Times')).toMatchObject({
      url: 'http://localhost:4000/{{ shop }}/x?at=10:30',
      variables: [],
      name: 'Times',
    })
  })
})

describe('the problem', () => {
  test.each([
    ['FETCH /orders', /“FETCH” is not an HTTP method\. Use GET, /],
    ['/orders List orders', /^Start the line with GET, /],
    ['GET', /^Write the path after GET/],
    [`GET /${'x'.repeat(2048)}`, /longer than 2,048/],
    [`GET /x ${'n'.repeat(121)}`, /longer than 120/],
    [`GET /x ${'n'.repeat(4096)}`, /longer than 4,096/],
    ['GET /files/{uuid}', /^Patchbay sets uuid itself\. Choose another key\.$/],
    ['GET /at/:now', /^Patchbay sets now itself/],
    ['GET /me/{access_token}', /^Patchbay sets access_token itself/],
    ['GET /x/{id}/{null}', /^null is a reserved word in templates/],
    ['GET /x/{not}', /^not is a reserved word in templates/],
    [`GET /x/{${'k'.repeat(65)}}`, /at most 64 characters/],
  ])('of “%.20s” is reported', (line, message) => {
    expect(problemOf(line)).toMatch(message)
  })

  test('of a duplicate name is reported, ignoring case; a derived name gets a number', () => {
    expect(readEndpointLines('GET /a Orders\nGET /b ORDERS')).toMatchObject({
      endpoints: [{ name: 'Orders' }],
      problems: [{ line: 2, message: 'The name “ORDERS” is used twice. Choose another name.' }],
    })
    expect(readEndpointLines('GET /a/orders\nGET /b/orders').endpoints.map(({ name }) => name)).toEqual([
      'List orders',
      'List orders 2',
    ])
  })

  test('of one line does not affect other lines; empty lines and comments are skipped', () => {
    const { endpoints, problems } = readEndpointLines('# Orders\r\n\r\nGET /orders\nNOPE\nPOST /orders\n')
    expect(endpoints.map(({ line }) => line)).toEqual([3, 5])
    expect(problems.map(({ line }) => line)).toEqual([4])
  })

  test('does not exist for a template with a reserved name', () => {
    expect(one('GET /files/{{ uuid }}')).toMatchObject({ url: '/files/{{ uuid }}', variables: [] })
  })

  test(`of more than ${mostEndpointLines} endpoints is reported once`, () => {
    const lines = (count: number) => Array.from({ length: count }, (_, number) => `GET /x${number}`).join('\n')
    expect(readEndpointLines(`${lines(mostEndpointLines)}\n\n# end`).problems).toEqual([])
    const { endpoints, problems } = readEndpointLines(lines(mostEndpointLines + 100))
    expect(endpoints).toHaveLength(mostEndpointLines)
    expect(problems).toEqual([{ line: 0, message: 'Enter at most 500 endpoints at once. Split the list.' }])
    const unread = readEndpointLines('NOPE\n'.repeat(mostEndpointLines + 100)).problems
    expect(unread).toHaveLength(mostEndpointLines + 1)
  })
})
