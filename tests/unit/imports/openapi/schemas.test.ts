import { describe, expect, it, test } from 'vitest'
import { linesOf, mapped, withOperation } from '@/tests/support/mapped-open-api'

const responding = (schema: object) => ({ responses: { 200: { content: { 'application/json': { schema } } } } })

function schemasOf(openapi: string, schemas: object) {
  const result = mapped({ openapi, info: { title: 'A', version: '1' }, components: { schemas } })
  return { byName: Object.fromEntries(result.schemas.map(({ name, schema }) => [name, schema])), report: result.report }
}

describe('Schemas', () => {
  test('of components are stored once, with references between them', () => {
    const { byName } = schemasOf('3.1.0', {
      Order: { type: 'object', properties: { lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } } } },
      Line: { type: 'string' },
    })
    expect(byName).toEqual({
      Order: { type: 'object', properties: { lines: { type: 'array', items: { $ref: '#/$defs/Line' } } } },
      Line: { type: 'string' },
    })
  })

  test('of an endpoint are named by it, or are those of components', () => {
    const components = { schemas: { Order: { type: 'object' } } }
    const requestBody = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } }
    const { connector, schemas } = mapped(
      withOperation({ summary: 'Add order', requestBody, ...responding({ type: 'array' }) }, { components }, [
        '/orders',
        'post',
      ]),
    )
    expect(connector.endpoints[0]).toMatchObject({ requestSchema: 'Order', responseSchema: 'Add order response' })
    expect(schemas.map(({ name, pointer }) => [name, pointer])).toEqual([
      ['Order', '/components/schemas/Order'],
      ['Add order response', '/paths/~1orders/post/responses/200/content/application~1json/schema'],
    ])
  })

  it.each([
    ['null', { type: 'string', nullable: true, enum: ['a'] }, { type: ['string', 'null'], enum: ['a', null] }],
    [
      'exclusive limits',
      { minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
      { exclusiveMinimum: 1, maximum: 9 },
    ],
    ['examples', { example: { a: 1 } }, { examples: [{ a: 1 }] }],
    ['nothing beside a reference', { $ref: '#/components/schemas/B', description: 'x' }, { $ref: '#/$defs/B' }],
  ])('of version 3.0 are written as in JSON Schema 2020-12: %s', (_, schema, expected) => {
    expect(schemasOf('3.0.3', { A: schema, B: {} }).byName.A).toEqual(expected)
  })

  test('keep what stands beside a reference since version 3.1', () => {
    const { byName } = schemasOf('3.1.0', { A: { $ref: '#/components/schemas/B', description: 'x' }, B: true })
    expect(byName).toEqual({ A: { $ref: '#/$defs/B', description: 'x' }, B: true })
  })

  test('that contain themselves are stored once', () => {
    const { byName } = schemasOf('3.1.0', { Node: { properties: { child: { $ref: '#/components/schemas/Node' } } } })
    expect(byName).toEqual({ Node: { properties: { child: { $ref: '#/$defs/Node' } } } })
  })

  test('in another place get a name of their own', () => {
    const { byName } = schemasOf('3.1.0', {
      A: { properties: { x: { type: 'integer' } } },
      B: { $ref: '#/components/schemas/A/properties/x' },
    })
    expect(byName).toMatchObject({ B: { $ref: '#/$defs/x' }, x: { type: 'integer' } })
  })

  test('of version 2.0 are the definitions', () => {
    const { schemas } = mapped({
      swagger: '2.0',
      info: { title: 'A', version: '1' },
      definitions: { A: { $ref: '#/definitions/B' }, B: { type: 'object' } },
    })
    expect(schemas).toEqual([
      { name: 'A', pointer: '/definitions/A', schema: { $ref: '#/$defs/B' } },
      { name: 'B', pointer: '/definitions/B', schema: { type: 'object' } },
    ])
  })

  test('that lead nowhere accept anything, and are reported', () => {
    const { byName, report } = schemasOf('3.1.0', {
      A: { properties: { x: { $ref: '#/components/schemas/Missing' } } },
    })
    expect(byName.A).toEqual({ properties: { x: true } })
    expect(linesOf(report, 'invalid')[0]).toMatch(/^\/components\/schemas\/A\/properties\/x\/\$ref: /)
  })
})

describe('References', () => {
  test('to other files are resolved by whoever has them, and named in the report', () => {
    const files: Record<string, unknown> = {
      'orders.yaml': {
        get: { parameters: [{ $ref: 'common.yaml#/limit' }, { $ref: '#/own' }] },
        own: { in: 'query', name: 'own', schema: {} },
      },
      'common.yaml': { limit: { in: 'query', name: 'limit', schema: { type: 'array' } } },
    }
    const document = {
      openapi: '3.0.0',
      info: { title: 'A', version: '1' },
      paths: { '/orders': { $ref: 'orders.yaml' } },
    }
    const { connector, report } = mapped(document, {
      resolve: (uri) => (uri in files ? { file: uri, document: files[uri] } : null),
    })
    expect(connector.endpoints[0]?.parameters.map(({ key }) => key)).toEqual(['limit', 'own'])
    expect(linesOf(report, 'changed')[0]).toMatch(/^common\.yaml#\/limit: /)
  })

  it.each([
    ['to a file that is not there', { $ref: 'other.yaml#/a' }],
    ['to a private address', { $ref: 'http://169.254.169.254/latest' }],
    ['to nothing', { $ref: '#/components/parameters/missing' }],
    ['to itself', { $ref: '#/paths/~1orders/get/parameters/0' }],
    ['to an anchor', { $ref: '#limit' }],
    ['into a text', { $ref: '#/info/title/0' }],
    ['into the prototype', { $ref: '#/__proto__/constructor' }],
  ])('%s are reported, and the rest is imported', (_, reference) => {
    const { connector, report } = mapped(
      withOperation({ parameters: [reference, { in: 'query', name: 'b', schema: {} }] }),
    )
    expect(connector.endpoints[0]?.parameters.map(({ key }) => key)).toEqual(['b'])
    expect(linesOf(report, 'invalid')[0]).toMatch(/^\/paths\/~1orders\/get\/parameters\/0\/\$ref: /)
  })
})
