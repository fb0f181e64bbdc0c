import { describe, expect, it, test } from 'vitest'
import { linesOf, mapped, withOperation } from '@/tests/support/mapped-open-api'

function bodyOf(content: object, rest: object = { required: true }) {
  const result = mapped(withOperation({ requestBody: { content, ...rest } }, {}, ['/orders', 'post']))
  return { ...result.connector.endpoints[0]!, report: result.report }
}

const json = (schema: object) => ({ 'application/json': { schema } })

describe('A JSON body', () => {
  test('has its required fields with variables, at every level', () => {
    const { bodyFormat, body, variables } = bodyOf(
      json({
        type: 'object',
        required: ['number', 'customer', 'lines', 'kind'],
        properties: {
          number: { type: 'integer' },
          note: { type: 'string' },
          customer: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, phone: {} } },
          lines: { type: 'array', items: { type: 'object' } },
          kind: { const: 'order' },
        },
      }),
    )
    expect(bodyFormat).toBe('json')
    expect(body).toBe(
      '{ "number": {{ number }}, "customer": { "name": "{{ customer_name }}" }, "lines": {{ lines }}, "kind": "order" }',
    )
    expect(variables.map(({ key, inputKind }) => [key, inputKind])).toEqual([
      ['number', 'number'],
      ['customer_name', 'text'],
      ['lines', 'multiline'],
    ])
  })

  test('without required fields has its plain ones as optional variables', () => {
    const { body, variables } = bodyOf(
      json({ properties: { a: { type: 'string' }, b: { type: 'object' }, id: { type: 'string', readOnly: true } } }),
    )
    expect(body).toBe('{ "a": "{{ a }}" }')
    expect(variables).toMatchObject([{ key: 'a', required: false }])
  })

  test('that is optional asks for nothing', () => {
    const { variables } = bodyOf(json({ required: ['a'], properties: { a: { type: 'string' } } }), {})
    expect(variables).toMatchObject([{ key: 'a', required: false }])
  })

  test('merges allOf and follows references', () => {
    const { connector } = mapped(
      withOperation(
        {
          requestBody: {
            content: json({
              allOf: [
                { $ref: '#/components/schemas/Base' },
                { required: ['b'], properties: { b: { type: 'boolean' } } },
              ],
            }),
            required: true,
          },
        },
        { components: { schemas: { Base: { required: ['a'], properties: { a: { type: 'string' } } } } } },
        ['/orders', 'post'],
      ),
    )
    expect(connector.endpoints[0]?.body).toBe('{ "a": "{{ a }}", "b": {{ b }} }')
  })

  test('with alternatives is written for the first one, which is reported', () => {
    const option = (name: string) => ({ required: [name], properties: { [name]: { type: 'string' } } })
    const { body, report } = bodyOf(json({ oneOf: [option('a'), option('b')] }))
    expect(body).toBe('{ "a": "{{ a }}" }')
    expect(linesOf(report, 'changed')[0]).toContain('There are 2 alternatives')
  })

  test('that is no object is one variable with JSON', () => {
    const { body, variables } = bodyOf(json({ type: 'array', items: {} }))
    expect(body).toBe('{{ body }}')
    expect(variables).toMatchObject([{ key: 'body', inputKind: 'multiline', helpText: 'A JSON list.' }])
  })

  test('contains itself only to a certain depth', () => {
    const { connector } = mapped(
      withOperation(
        { requestBody: { content: json({ $ref: '#/components/schemas/Node' }), required: true } },
        {
          components: {
            schemas: { Node: { required: ['child'], properties: { child: { $ref: '#/components/schemas/Node' } } } },
          },
        },
        ['/orders', 'post'],
      ),
    )
    expect(connector.endpoints[0]?.body).toContain('child')
    expect(connector.endpoints[0]?.variables).toHaveLength(1)
  })

  test('keeps brackets of a template in names and constants as text', () => {
    const { body } = bodyOf(json({ required: ['{{a}}'], properties: { '{{a}}': { const: '{{ x }}' } } }))
    expect(body).toBe('{ "{{ "{{" }}a{{ "}}" }}": "{{ "{{" }} x {{ "}}" }}" }')
  })

  test('of a media type of its own sends that type', () => {
    const { bodyFormat, parameters } = bodyOf({ 'application/vnd.api+json': { schema: { type: 'object' } } })
    expect(bodyFormat).toBe('json')
    expect(parameters).toMatchObject([{ in: 'header', key: 'Content-Type', value: 'application/vnd.api+json' }])
  })
})

describe('Other bodies', () => {
  const schema = { required: ['a'], properties: { a: { type: 'string' }, b: { type: 'integer' } } }

  it.each([
    ['application/x-www-form-urlencoded', 'form'],
    ['multipart/form-data', 'multipart'],
  ])('%s has parameters', (type, format) => {
    const { bodyFormat, parameters } = bodyOf({ [type]: { schema } })
    expect(bodyFormat).toBe(format)
    expect(parameters).toMatchObject([
      { in: 'body', key: 'a', value: '{{ a }}', required: true },
      { in: 'body', key: 'b', required: false },
    ])
  })

  test('a file of a form is reported, and the rest imported', () => {
    const properties = { name: { type: 'string' }, file: { type: 'string', format: 'binary' } }
    const { parameters, report } = bodyOf({ 'multipart/form-data': { schema: { properties } } })
    expect(parameters.map(({ key }) => key)).toEqual(['name'])
    expect(linesOf(report, 'not_imported')[0]).toMatch(/properties\/file: “file” is a file/)
  })

  test('a file as the whole body is reported', () => {
    const { bodyFormat, body, report } = bodyOf({ 'application/octet-stream': {} })
    expect([bodyFormat, body]).toEqual(['raw', ''])
    expect(linesOf(report, 'not_imported')).toHaveLength(1)
  })

  it.each([
    ['text/plain', 'text', []],
    ['application/xml', 'raw', ['application/xml']],
  ])('%s is one variable', (type, format, types) => {
    const { bodyFormat, body, parameters } = bodyOf({ [type]: { schema: { type: 'string' } } })
    expect([bodyFormat, body]).toEqual([format, '{{ body }}'])
    expect(parameters.map(({ value }) => value)).toEqual(types)
  })

  test('of several media types JSON is chosen, and the others noted', () => {
    const { bodyFormat, report } = bodyOf({ 'application/xml': {}, 'multipart/form-data': {}, 'application/json': {} })
    expect(bodyFormat).toBe('json')
    expect(linesOf(report, 'note')[0]).toContain('“application/xml”, “multipart/form-data”')
  })
})

describe('In version 2.0', () => {
  const operation = (rest: object) =>
    mapped({
      swagger: '2.0',
      info: { title: 'A', version: '1' },
      consumes: ['application/json'],
      paths: { '/a': { post: rest } },
    }).connector.endpoints[0]

  test('the body is a parameter', () => {
    const schema = { required: ['a'], properties: { a: { type: 'string' } } }
    expect(operation({ parameters: [{ in: 'body', name: 'order', required: true, schema }] })).toMatchObject({
      bodyFormat: 'json',
      body: '{ "a": "{{ a }}" }',
    })
  })

  test('a form consists of parameters', () => {
    const parameters = [
      { in: 'formData', name: 'a', type: 'string', required: true },
      { in: 'formData', name: 'f', type: 'file' },
    ]
    expect(operation({ parameters })).toMatchObject({ bodyFormat: 'multipart', parameters: [{ in: 'body', key: 'a' }] })
  })
})
