import { describe, expect, it, test } from 'vitest'
import { definitionLimits, readingLimits } from '@/lib/imports/openapi/limits'
import { mapOpenApi } from '@/lib/imports/openapi/map-open-api'
import { linesOf, mapped, withOperation } from '@/tests/support/mapped-open-api'

const info = { title: 'A', version: '1' }
const long = (text: string) => text.repeat(1_000_000 / text.length)

/** An object with so many levels. */
function nested(levels: number, key: string, last: unknown = {}): unknown {
  let value: unknown = last
  for (let level = 0; level < levels; level += 1) value = { [key]: value }
  return value
}

/** The milliseconds that the mapping takes, with its schemas. */
function msOf(document: unknown): number {
  const startedAt = performance.now()
  for (const schema of mapOpenApi(document).schemas()) void schema
  return performance.now() - startedAt
}

describe('Names of the prototype', () => {
  test('are names like any other', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const properties = names.map((name) => `"${name}": { "type": "string" }`).join(', ')
    const parameters = names
      .map((name) => `{ "in": "query", "name": "${name}", "required": true, "schema": {} }`)
      .join(', ')
    const document = JSON.parse(`{
      "openapi": "3.1.0", "info": { "title": "A", "version": "1" },
      "paths": { "/a": { "get": { "parameters": [${parameters}], "security": [{ "__proto__": [] }] } }, "__proto__": { "get": {} } },
      "components": {
        "schemas": { "__proto__": { "properties": { ${properties} } } },
        "securitySchemes": { "__proto__": { "type": "http", "scheme": "basic" } }
      }
    }`) as unknown
    const { connector, schemas } = mapped(document)
    expect(connector.endpoints[0]?.parameters.map(({ key }) => key)).toEqual(names)
    expect(connector.endpoints[0]?.accepts).toEqual(['__proto__'])
    // A document holds its schemas by name, and this name is none in an object.
    expect(schemas[0]?.name).toBe('Schema')
    expect(Object.keys((schemas[0]?.schema as { properties: object }).properties)).toEqual(names)
    expect(Object.getPrototypeOf((schemas[0]?.schema as { properties: object }).properties)).toBe(Object.prototype)
  })
})

describe('Characters that a definition refuses', () => {
  it.each(['\u0000', '\u007f', '\u0085', '\u2028', '\u200b', '\ud800', '{{', '{%', '[[payload', '\\', '"'])(
    'are removed, or left out with their part: %j',
    (character) => {
      const name = `a${character}b`
      const schema = { type: 'object', required: [name], properties: { [name]: { enum: [name, 'c'], default: name } } }
      const document = withOperation(
        {
          ...{ operationId: name, summary: name, tags: [name], security: [{ [name]: [name] }] },
          parameters: [
            { in: 'query', name, required: true, description: name, schema: { enum: [name], pattern: name } },
          ],
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: {
            200: { content: { 'application/json': { schema: { properties: { [name]: { type: 'array' } } } } } },
          },
        },
        {
          info: { title: name, version: name, description: name },
          servers: [{ url: `https://{${name}}.example.com`, variables: { [name]: { default: name } } }],
          components: { securitySchemes: { [name]: { type: 'http', scheme: 'basic', description: name } } },
        },
        [`/${name}/{${name}}`, 'get'],
      )
      expect(() => mapped(document)).not.toThrow()
    },
  )
})

describe('Long texts', () => {
  it.each([
    ['title', withOperation({}, { info: { title: long('a'), version: long('1'), description: long('a ') } })],
    ['path', { openapi: '3.1.0', info, paths: { [`/${long('a')}`]: { get: {} } } }],
    ['path of braces', { openapi: '3.1.0', info, paths: { [`/${long('{')}`]: { get: {} } } }],
    [
      'operation',
      withOperation({ operationId: long('aB.'), summary: long('a'), tags: [long('a')], description: long('a') }),
    ],
    ['server of slashes', { openapi: '3.1.0', info, paths: {}, servers: [{ url: `https://a${long('/')}b` }] }],
    ['server of variables', { openapi: '3.1.0', info, paths: {}, servers: [{ url: `https://a/${long('{a}')}` }] }],
    ['host', { swagger: '2.0', info, paths: {}, host: long('a'), basePath: `${long('/')}b` }],
    ['parameter', withOperation({ parameters: [{ in: 'query', name: long('a'), schema: {} }] })],
    [
      'description of a parameter',
      withOperation({
        parameters: [
          {
            in: 'query',
            name: 'a',
            description: long('a'),
            schema: { default: long('a'), pattern: long('(a+)+'), enum: [long('a'), 'b'] },
          },
        ],
      }),
    ],
    [
      'scheme',
      withOperation(
        { security: [{ [long('a')]: [long('a')] }] },
        { components: { securitySchemes: { [long('a')]: { type: 'http', scheme: 'basic', description: long('a') } } } },
      ),
    ],
    ['media type', withOperation({ requestBody: { content: { [long('application/+')]: {} } } }, {}, ['/a', 'post'])],
    [
      'issuer',
      {
        openapi: '3.1.0',
        info,
        paths: {},
        components: { securitySchemes: { a: { type: 'openIdConnect', openIdConnectUrl: `https://a${long('/')}b` } } },
      },
    ],
    ['reference', withOperation({ parameters: [{ $ref: `#/${long('a/')}` }] })],
  ])('of 1 MB as %s are cut or left out, and take no longer', (_, document) => {
    const startedAt = performance.now()
    const { report } = mapped(document)
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    expect(report.every(({ pointer, message }) => pointer.length + message.length < 5_000)).toBe(true)
  })
})

describe('Deep nesting', () => {
  it.each([
    ['schema', { components: { schemas: { A: nested(100_000, 'not') } } }],
    [
      'allOf',
      {
        components: { schemas: { A: nested(50_000, 'items', {}) } },
        paths: {
          '/a': { post: { requestBody: { content: { 'application/json': { schema: nested(50_000, 'items') } } } } },
        },
      },
    ],
    ['example', { components: { schemas: { A: { example: nested(100_000, 'a') } } } }],
    [
      'default',
      withOperation({
        parameters: [{ in: 'query', name: 'a', required: true, schema: { default: nested(100_000, 'a') } }],
      }),
    ],
    ['path', { paths: nested(100_000, '/a') }],
    ['extension', { 'x-a': nested(100_000, 'a') }],
  ])('of a %s ends at a limit', (_, part) => {
    expect(() => mapped({ openapi: '3.1.0', info, ...part })).not.toThrow()
  })

  test('of references through references ends at a limit', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `S${index}`,
        { $ref: `#/components/schemas/S${index + 1}/properties/a` },
      ]),
    )
    const { report } = mapped({ openapi: '3.1.0', info, components: { schemas } })
    expect(linesOf(report, 'invalid').length).toBeGreaterThan(0)
  })
})

describe('Cycles', () => {
  test('of a required field that contains itself many times are written only to the limit', () => {
    const names = Array.from({ length: 30 }, (_, index) => `f${index}`)
    const self = { $ref: '#/components/schemas/Node' }
    const Node = { required: names, properties: Object.fromEntries(names.map((name) => [name, self])) }
    const requestBody = { required: true, content: { 'application/json': { schema: self } } }
    const { connector, report } = mapped(
      withOperation({ requestBody }, { components: { schemas: { Node } } }, ['/a', 'post']),
    )
    expect(connector.endpoints[0]?.variables.length).toBeLessThanOrEqual(definitionLimits.endpointVariables)
    expect(linesOf(report, 'limit')[0]).toContain('more fields')
  })

  test('that aliases of YAML make end at a limit', () => {
    const loop: Record<string, unknown> = { type: 'object' }
    Object.assign(loop, { properties: { a: loop, b: loop }, allOf: [loop], example: loop, default: loop })
    expect(() =>
      mapped(
        withOperation(
          { parameters: [{ in: 'query', name: 'a', required: true, schema: loop }] },
          { components: { schemas: { loop } } },
        ),
      ),
    ).not.toThrow()
  })
})

describe('Many parts', () => {
  const paths = (count: number, operation: (index: number) => object) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`/orders/${index}`, { get: operation(index) }]))

  test('a million paths are imported up to the limit, with a line about the rest', () => {
    const shared = { summary: 'List' }
    const { connector, report } = mapped({ openapi: '3.1.0', info, paths: paths(1_000_000, () => shared) })
    expect(connector.endpoints).toHaveLength(definitionLimits.endpoints)
    expect(linesOf(report, 'limit').at(-1)).toContain('operations were left out')
  }, 60_000)

  test('a report has a limit too, and says so', () => {
    const parameters = Array.from({ length: readingLimits.reportLines + 10 }, () => 1)
    const { report } = mapped(withOperation({ parameters }))
    expect(report).toHaveLength(readingLimits.reportLines + 1)
    expect(report.at(-1)).toMatchObject({ kind: 'limit', message: expect.stringContaining('10 more lines') as string })
  })

  test('more methods, variables and hosts than a connector can have are left out, each with a line', () => {
    const schemes = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [`s${index}`, { type: 'http', scheme: 'basic' }]),
    )
    const many = paths(300, (index) => ({
      security: [{ [`s${index % 80}`]: [] }],
      servers: [{ url: `https://{v${index}}/a`, variables: { [`v${index}`]: { default: `h${index}.example.com` } } }],
    }))
    const { connector, report } = mapped({
      openapi: '3.1.0',
      info,
      paths: many,
      components: { securitySchemes: schemes },
    })
    expect(connector.methods).toHaveLength(definitionLimits.methods)
    expect(connector.variables).toHaveLength(definitionLimits.connectorVariables)
    expect(linesOf(report, 'limit').length).toBeGreaterThan(200)
  })

  test('take time in proportion to their number', () => {
    const document = (count: number) => ({
      openapi: '3.1.0',
      info,
      paths: paths(count, () => ({ summary: 'List', parameters: [{ in: 'query', name: 'a', schema: {} }] })),
    })
    msOf(document(500))
    const few = msOf(document(500))
    expect(msOf(document(2_000))).toBeLessThan(few * 4 * 4 + 200)
  })

  test('choices and properties are read up to a limit', () => {
    const choices = Array.from({ length: 100_000 }, (_, index) => `c${index}`)
    const properties = Object.fromEntries(choices.map((name) => [name, {}]))
    const { report } = mapped(
      withOperation({
        parameters: [
          { in: 'query', name: 'a', required: true, schema: { enum: choices } },
          { in: 'query', name: 'b', style: 'deepObject', schema: { properties } },
        ],
      }),
    )
    expect(linesOf(report, 'limit').length).toBeGreaterThan(1)
  })
})
