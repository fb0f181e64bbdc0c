import { describe, expect, it, test } from 'vitest'
import { linesOf, mapped, withOperation } from '@/tests/support/mapped-open-api'

function endpointWith(...parameters: object[]) {
  const result = mapped(withOperation({ parameters }))
  return { ...result.connector.endpoints[0]!, report: result.report }
}

describe('A parameter', () => {
  it.each([
    ['query', 'url'],
    ['header', 'header'],
    ['cookie', 'cookie'],
  ])('in the %s that is required is sent with a variable', (location, place) => {
    const { parameters, variables } = endpointWith({
      in: location,
      name: 'shop',
      required: true,
      description: 'The shop.',
      schema: { type: 'string', default: 'uk' },
    })
    expect(parameters).toMatchObject([{ in: place, key: 'shop', value: '{{ shop }}', required: true }])
    expect(variables).toMatchObject([{ key: 'shop', required: true, defaultValue: 'uk', helpText: 'The shop.' }])
  })

  test('that is optional is a filter, with its choices and default in the help text', () => {
    const schema = { type: 'string', enum: ['open', 'closed'], default: 'open' }
    const { parameters, variables } = endpointWith({ in: 'query', name: 'state', description: 'Its state.', schema })
    expect(parameters).toMatchObject([
      {
        in: 'url',
        key: 'state',
        value: '',
        required: false,
        helpText: 'Its state.\nOne of: open, closed.\nDefault: open.',
      },
    ])
    expect(variables).toEqual([])
  })

  test('with one possible value is sent as it is', () => {
    const { parameters, variables } = endpointWith({
      in: 'query',
      name: 'Action',
      required: true,
      schema: { enum: ['List'] },
    })
    expect(parameters).toMatchObject([{ key: 'Action', value: 'List', required: true }])
    expect(variables).toEqual([])
  })

  test('in the path is a variable in the URL', () => {
    const result = mapped(
      withOperation(
        { parameters: [{ in: 'path', name: 'order-id', required: true, schema: { type: 'integer', example: 12 } }] },
        {},
        ['/orders/{order-id}', 'get'],
      ),
    )
    expect(result.connector.endpoints[0]).toMatchObject({
      url: '/orders/{{ order_id }}',
      variables: [
        { key: 'order_id', displayName: 'order-id', inputKind: 'number', required: true, helpText: 'Example: 12' },
      ],
    })
  })

  test('of the path item applies unless the operation has its own', () => {
    const { connector } = mapped({
      openapi: '3.0.0',
      info: { title: 'A', version: '1' },
      paths: {
        '/orders': {
          parameters: [
            { in: 'query', name: 'a', description: 'Of the path', schema: {} },
            { in: 'query', name: 'b', schema: {} },
          ],
          get: { parameters: [{ in: 'query', name: 'a', description: 'Of the operation', schema: {} }] },
        },
      },
    })
    expect(connector.endpoints[0]?.parameters.map(({ key, helpText }) => [key, helpText])).toEqual([
      ['a', 'Of the operation'],
      ['b', undefined],
    ])
  })

  test('does not take the key of a credential', () => {
    const { connector } = mapped(
      withOperation(
        { security: [{ user: [] }], parameters: [{ in: 'path', name: 'username', required: true, schema: {} }] },
        { components: { securitySchemes: { user: { type: 'http', scheme: 'basic' } } } },
        ['/users/{username}', 'get'],
      ),
    )
    expect(connector.endpoints[0]?.url).toBe('/users/{{ username_2 }}')
  })

  test('that the authentication sends is no parameter', () => {
    const { connector, report } = mapped(
      withOperation(
        { security: [{ key: [] }], parameters: [{ in: 'header', name: 'x-key', required: true, schema: {} }] },
        { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } } },
      ),
    )
    expect(connector.endpoints[0]?.parameters).toEqual([])
    expect(linesOf(report, 'changed')[0]).toContain('is sent by the authentication method')
  })

  test('that is part of an AWS signature is no parameter', () => {
    const key = { type: 'apiKey', in: 'header', name: 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' }
    const parameters = ['X-Amz-Date', 'X-Amz-Target'].map((name) => ({ in: 'header', name, schema: {} }))
    const { connector } = mapped(
      withOperation({ security: [{ key: [] }], parameters }, { components: { securitySchemes: { key } } }),
    )
    expect(connector.endpoints[0]?.parameters.map((parameter) => parameter.key)).toEqual(['X-Amz-Target'])
  })

  it.each([
    ['Authorization', 'Add an authentication method'],
    ['Accept', 'ignores'],
    ['Host', 'Patchbay sets the header'],
  ])('for the header %s is reported', (name, message) => {
    const { parameters, report } = endpointWith({ in: 'header', name, schema: {} })
    expect(parameters).toEqual([])
    expect(linesOf(report, 'not_imported')[0]).toContain(message)
  })

  test('keeps a pattern that is safe, as a search', () => {
    const pattern = '^[A-Z]{3}'
    const { variables } = endpointWith({
      in: 'query',
      name: 'code',
      required: true,
      schema: { type: 'string', pattern, default: 'ABC-1' },
    })
    expect(variables[0]).toMatchObject({ pattern: '[\\s\\S]*(?:^[A-Z]{3})[\\s\\S]*', defaultValue: 'ABC-1' })
  })

  test('keeps a pattern in the notation of JavaScript', () => {
    const { variables } = endpointWith({
      in: 'query',
      name: 'a',
      required: true,
      schema: { pattern: '^[^\\u0000-\\u001f]+$' },
    })
    expect(variables[0]?.pattern).toBe('^[^\\x{0000}-\\x{001f}]+$')
  })

  test('loses a pattern with look-around, which is reported', () => {
    const { variables, report } = endpointWith({
      in: 'query',
      name: 'code',
      required: true,
      schema: { type: 'string', pattern: '^(?!a)b$' },
    })
    expect(variables[0]?.pattern).toBeUndefined()
    expect(linesOf(report, 'not_imported')).toHaveLength(1)
  })

  it.each([
    ['is none of its choices', { enum: ['a', 'b'], default: 'c' }, 'does not fit'],
    ['looks like a secret', { type: 'string', default: 'AKIAIOSFODNN7EXAMPLE' }, 'looks like a secret'],
  ])('loses a default that %s, which is reported', (_, schema, message) => {
    const { variables, report } = endpointWith({ in: 'query', name: 'code', required: true, schema })
    expect(variables[0]?.defaultValue).toBeUndefined()
    expect(linesOf(report, 'changed')[0]).toContain(message)
  })
})

describe('The style of a parameter', () => {
  const list = { type: 'array', items: { type: 'string' } }
  const object = { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'integer' } } }

  it.each([
    ['form, not exploded', { style: 'form', explode: false }, 'Separate several values with commas.'],
    ['spaceDelimited', { style: 'spaceDelimited' }, 'Separate several values with spaces.'],
    ['pipeDelimited', { style: 'pipeDelimited', explode: false }, 'Separate several values with |.'],
  ])('%s says how to enter a list', (_, style, notation) => {
    const { parameters } = endpointWith({ in: 'query', name: 'ids', schema: list, ...style })
    expect(parameters[0]?.helpText).toBe(notation)
  })

  test('that repeats the name sends one value, which is reported', () => {
    const { parameters, report } = endpointWith({ in: 'query', name: 'ids', schema: list })
    expect(parameters).toHaveLength(1)
    expect(linesOf(report, 'changed')[0]).toMatch(/^\/paths\/~1orders\/get\/parameters\/0: “ids”: One value/)
  })

  it.each([
    ['deepObject', { style: 'deepObject' }, ['filter[a]', 'filter[b]']],
    ['form', {}, ['a', 'b']],
  ])('%s makes a parameter of each property of an object', (_, style, keys) => {
    const { parameters } = endpointWith({ in: 'query', name: 'filter', required: true, schema: object, ...style })
    expect(parameters.map(({ key }) => key)).toEqual(keys)
    expect(parameters.map(({ required }) => required)).toEqual([true, false])
  })

  test('an object whose properties are not named is reported', () => {
    const { parameters, report } = endpointWith({
      in: 'query',
      name: 'filter',
      schema: { type: 'object' },
      style: 'deepObject',
    })
    expect(parameters).toEqual([])
    expect(linesOf(report, 'not_imported')).toHaveLength(1)
  })

  it.each([
    ['label', '/orders/.{{ id }}'],
    ['matrix', '/orders/;id={{ id }}'],
    ['simple', '/orders/{{ id }}'],
  ])('%s in a path', (style, url) => {
    const { connector } = mapped(
      withOperation(
        { parameters: [{ in: 'path', name: 'id', required: true, style, schema: { type: 'string' } }] },
        {},
        ['/orders/{id}', 'get'],
      ),
    )
    expect(connector.endpoints[0]?.url).toBe(url)
  })

  test('content says the media type', () => {
    const { parameters } = endpointWith({
      in: 'query',
      name: 'filter',
      content: { 'application/json': { schema: object } },
    })
    expect(parameters).toMatchObject([{ key: 'filter', helpText: 'Written as application/json.' }])
  })

  it.each([
    ['csv', 'Separate several values with commas.'],
    ['tsv', 'Separate several values with tabs.'],
    ['pipes', 'Separate several values with |.'],
  ])('collectionFormat %s of version 2.0', (collectionFormat, helpText) => {
    const parameters = [{ in: 'query', name: 'ids', type: 'array', items: { type: 'string' }, collectionFormat }]
    const { connector } = mapped({
      swagger: '2.0',
      info: { title: 'A', version: '1' },
      paths: { '/a': { get: { parameters } } },
    })
    expect(connector.endpoints[0]?.parameters[0]?.helpText).toBe(helpText)
  })
})

describe('Paths', () => {
  test('a placeholder without a parameter is a required variable, and reported', () => {
    const { connector, report } = mapped(withOperation({}, {}, ['/orders/{id}', 'get']))
    expect(connector.endpoints[0]).toMatchObject({
      url: '/orders/{{ id }}',
      variables: [{ key: 'id', required: true }],
    })
    expect(linesOf(report, 'invalid')).toHaveLength(1)
  })

  test('a parameter without a placeholder is reported', () => {
    const { report } = endpointWith({ in: 'path', name: 'id', required: true, schema: {} })
    expect(linesOf(report, 'invalid')[0]).toMatch(/^\/paths\/~1orders\/get\/parameters\/0: /)
  })

  test('a fragment that tells operations apart is not part of the URL', () => {
    expect(mapped(withOperation({}, {}, ['/#X-Amz-Target=A.B', 'post'])).connector.endpoints[0]?.url).toBe('/')
  })

  it.each(['/a/../b', `/${'a'.repeat(3_000)}`, '/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc'])(
    'one that cannot be a URL is reported (%#)',
    (path) => {
      const { connector, report } = mapped(withOperation({}, {}, [path, 'get']))
      expect(connector.endpoints).toEqual([])
      expect(linesOf(report, 'not_imported')).toHaveLength(1)
    },
  )
})
