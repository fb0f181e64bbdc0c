import { describe, expect, it, test } from 'vitest'
import { linesOf, mapped, withOperation } from '@/tests/support/mapped-open-api'

const serversOf = (...servers: object[]) => mapped(withOperation({}, { servers }))

describe('The server is the base URL', () => {
  it.each([
    ['an absolute address', 'https://api.example.com/v1/', 'https://api.example.com/v1'],
    ['an address without a scheme', '//api.example.com', 'https://api.example.com'],
  ])('%s', (_, url, baseUrl) => {
    expect(serversOf({ url }).connector.baseUrl).toBe(baseUrl)
  })

  it.each([['/v1'], ['/'], [''], ['v1']])('a relative address (%j) is reported', (url) => {
    const { connector, report } = serversOf({ url })
    expect(connector.baseUrl).toBe('')
    expect(linesOf(report, 'not_imported')[0]).toMatch(/^\/servers\/0\/url: .*base URL/)
  })

  test('a relative address is read from where the document comes from', () => {
    const document = withOperation({}, { servers: [{ url: '/v1' }] })
    expect(mapped(document, { documentUrl: 'https://example.com/docs/openapi.json' }).connector.baseUrl).toBe(
      'https://example.com/v1',
    )
  })

  test('in version 2.0 consists of scheme, host and path', () => {
    const document = {
      swagger: '2.0',
      info: { title: 'A', version: '1' },
      host: 'api.example.com',
      basePath: '/v2',
      schemes: ['http', 'https'],
      paths: {},
    }
    expect(mapped(document).connector.baseUrl).toBe('https://api.example.com/v2')
  })
})

describe('Variables of a server', () => {
  const region = { enum: ['eu', 'us'], default: 'eu', description: 'Where the data is.' }

  test('in a host and a path become connector variables, with choices and default', () => {
    const { connector } = serversOf({
      url: 'https://{region}.example.com/{version}',
      variables: { region, version: { default: 'v1' } },
    })
    expect(connector.baseUrl).toBe('https://{{ region }}.example.com/{{ version }}')
    expect(connector.variables).toMatchObject([
      { key: 'version', defaultValue: 'v1', inputKind: 'text', required: true },
      { key: 'region', defaultValue: 'eu', inputKind: 'select', helpText: 'Where the data is.' },
    ])
  })

  test('that are the whole host become a URL variable with allowed hosts', () => {
    const { connector, report } = serversOf({
      url: 'https://{host}/api',
      variables: { host: { default: 'demo.example.com' } },
    })
    expect(connector).toMatchObject({ baseUrl: '{{ host }}/api', allowedHosts: ['demo.example.com'] })
    expect(connector.variables).toMatchObject([
      { key: 'host', inputKind: 'url', defaultValue: 'https://demo.example.com' },
    ])
    expect(linesOf(report, 'changed')).toHaveLength(1)
  })

  test('for the scheme, the port or the end of the domain are replaced by their defaults', () => {
    const { connector, report } = serversOf({
      url: '{scheme}://{tenant}.example.{tld}:{port}/v1',
      variables: {
        scheme: { default: 'https' },
        tenant: { default: 'demo' },
        tld: { default: 'com' },
        port: { default: '8443' },
      },
    })
    expect(connector.baseUrl).toBe('https://{{ tenant }}.example.com:8443/v1')
    expect(linesOf(report, 'changed')).toHaveLength(3)
  })
})

test('A default that names its own variable ends', () => {
  const { connector } = serversOf({ url: 'https://a.{tld}', variables: { tld: { default: '{tld}' } } })
  expect(connector.baseUrl).toBe('https://a.tld')
})

describe('Several servers', () => {
  test('become the choices of one variable', () => {
    const { connector } = serversOf(
      { url: 'https://api.example.com', description: 'Live' },
      { url: 'https://sandbox.example.com' },
    )
    expect(connector).toMatchObject({
      baseUrl: '{{ server }}',
      allowedHosts: ['api.example.com', 'sandbox.example.com'],
      variables: [
        {
          ...{ key: 'server', inputKind: 'select', defaultValue: 'https://api.example.com' },
          options: [
            { value: 'https://api.example.com', label: 'Live (https://api.example.com)' },
            { value: 'https://sandbox.example.com', label: 'https://sandbox.example.com' },
          ],
        },
      ],
    })
  })

  test('with choices become one choice for each combination', () => {
    const region = { enum: ['eu', 'us'], default: 'us' }
    const { connector } = serversOf(
      { url: 'https://{region}.example.com', variables: { region } },
      { url: 'https://example.org' },
    )
    expect(connector.variables[0]?.options?.map(({ value }) => value)).toEqual([
      ...['https://us.example.com', 'https://eu.example.com', 'https://example.org'],
    ])
  })

  test('are reported where a variable has no choices', () => {
    const { connector, report } = serversOf({ url: 'https://api.example.com' }, { url: 'https://{tenant}.example.com' })
    expect(connector.baseUrl).toBe('https://api.example.com')
    expect(linesOf(report, 'not_imported')[0]).toMatch(/^\/servers\/1: /)
  })

  test('that differ only by http are one', () => {
    const { connector, report } = serversOf({ url: 'http://api.example.com' }, { url: 'https://api.example.com' })
    expect(connector.baseUrl).toBe('https://api.example.com')
    expect(linesOf(report, 'note')).toHaveLength(1)
  })
})

describe('A server of an operation or a path', () => {
  test('makes the URL of the endpoint absolute', () => {
    const { connector } = mapped(withOperation({ servers: [{ url: 'https://files.example.com/up' }] }))
    expect(connector.endpoints[0]?.url).toBe('https://files.example.com/up/orders')
  })

  test('has its variables on the connector, so that a shape cannot change a host', () => {
    const servers = [{ url: 'https://{shard}.example.com', variables: { shard: { default: 'a' } } }]
    const { connector } = mapped({
      openapi: '3.1.0',
      info: { title: 'A', version: '1' },
      paths: { '/orders': { servers, get: {}, post: {} } },
    })
    expect(connector.endpoints.map(({ url }) => url)).toEqual(Array(2).fill('https://{{ shard }}.example.com/orders'))
    expect(connector.variables.map(({ key }) => key)).toEqual(['shard'])
  })
})
