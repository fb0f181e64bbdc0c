import { describe, expect, it, test } from 'vitest'
import { linesOf, mapped, withOperation } from '@/tests/support/mapped-open-api'

const flows = {
  authorizationCode: {
    authorizationUrl: 'https://login.example.com/authorize',
    tokenUrl: 'https://login.example.com/token',
    refreshUrl: 'https://login.example.com/refresh',
    scopes: { 'orders.read': 'Read orders' },
  },
  clientCredentials: { tokenUrl: '/oauth/token', scopes: {} },
  password: { tokenUrl: 'https://login.example.com/{tenant}/token', scopes: {} },
  implicit: { authorizationUrl: 'https://login.example.com/authorize', scopes: {} },
}

function methodsFor(
  securitySchemes: object,
  security: object[] = Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
) {
  return mapped(withOperation({ security }, { components: { securitySchemes } }))
}

function methodFor(scheme: object) {
  const { connector, report } = methodsFor({ main: scheme })
  return { ...connector.methods[0]!, report }
}

describe('A security scheme becomes a method', () => {
  it.each([
    ['http basic', { type: 'http', scheme: 'basic' }, 'basic'],
    ['http Basic, ignoring case', { type: 'http', scheme: 'BASIC' }, 'basic'],
    ['http bearer', { type: 'http', scheme: 'bearer' }, 'token'],
    ['http digest', { type: 'http', scheme: 'digest' }, 'digest'],
    ['http OAuth (RFC 5849)', { type: 'http', scheme: 'OAuth' }, 'oauth1'],
    ['mutual TLS', { type: 'mutualTLS' }, 'none'],
    [
      'an API key signed by AWS',
      { type: 'apiKey', in: 'header', name: 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' },
      'request_signature',
    ],
  ])('%s', (_, scheme, type) => {
    expect(methodFor(scheme)).toMatchObject({ name: 'main', type })
  })

  it.each([
    ['header', 'X-Api-Key', { place: 'header', key: 'X-Api-Key', value: '{{ token }}' }],
    ['query', 'api_key', { place: 'url', key: 'api_key', value: '{{ token }}' }],
    ['cookie', 'sid', { place: 'cookie', key: 'sid', value: '{{ token }}' }],
  ])('an API key in a %s', (place, name, placement) => {
    expect(methodFor({ type: 'apiKey', in: place, name }).options).toMatchObject({ placement })
  })

  test('another HTTP scheme is sent as its name and a token, and reported', () => {
    const { options, report } = methodFor({ type: 'http', scheme: 'Hawk' })
    expect(options).toMatchObject({ placement: { place: 'header', key: 'Authorization', value: 'Hawk {{ token }}' } })
    expect(linesOf(report, 'changed')[0]).toMatch(/^\/components\/securitySchemes\/main\/scheme: “Hawk”/)
  })

  test('OpenID Connect stores the issuer; the URLs are filled by a person', () => {
    const url = 'https://login.example.com/tenant/.well-known/openid-configuration'
    const { type, options, report } = methodFor({ type: 'openIdConnect', openIdConnectUrl: url })
    expect(type).toBe('oauth2_authorization_code')
    expect(options).toMatchObject({ issuer: 'https://login.example.com/tenant' })
    expect(linesOf(report, 'changed')[0]).toContain('Fill from discovery')
  })

  it.each([
    ['of an unknown type', { type: 'magic' }],
    ['without a type', {}],
    ['of an API key in the body', { type: 'apiKey', in: 'body', name: 'key' }],
    ['of a header that cannot be set', { type: 'apiKey', in: 'header', name: 'Host' }],
  ])('but not one %s, which is reported with the alternatives that need it', (_, scheme) => {
    const { connector, report } = methodsFor({ main: scheme })
    expect(connector.methods).toEqual([])
    expect(connector.endpoints[0]?.accepts).toEqual([])
    expect(report.map(({ pointer }) => pointer)).toContain('/components/securitySchemes/main')
    expect(report.map(({ pointer }) => pointer)).toContain('/paths/~1orders/get/security/0/main')
  })
})

describe('OAuth 2', () => {
  const { connector, report } = methodsFor({ oauth: { type: 'oauth2', flows } }, [
    { oauth: ['orders.read', 'orders.write'] },
  ])
  const [code, client, password, implicit] = connector.methods

  test('has one method for each flow, all enabled', () => {
    const names = ['authorisation code', 'client credentials', 'password', 'access token, from implicit']
    expect(connector.methods.map(({ name }) => name)).toEqual(names.map((name) => `oauth (${name})`))
    expect(connector.endpoints[0]?.accepts).toEqual(connector.methods.map(({ name }) => name))
  })

  test('has the URLs of the flow', () => {
    expect(code).toMatchObject({
      type: 'oauth2_authorization_code',
      requests: {
        authorise: { url: 'https://login.example.com/authorize' },
        exchange: { url: 'https://login.example.com/token' },
        refresh: { url: 'https://login.example.com/refresh' },
      },
    })
  })

  test('has a relative URL at the server itself, not below its path', () => {
    expect(client?.requests).toMatchObject({ exchange: { url: 'https://api.example.com/oauth/token' } })
  })

  test('has a variable for a placeholder in a URL, and asks for the password that it sends', () => {
    expect(password?.requests).toMatchObject({
      exchange: { url: 'https://login.example.com/{{ tenant_of_url }}/token' },
    })
    const keys = password?.variables.map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(['tenant_of_url', 'username', 'password', 'grant_type']))
  })

  test('asks for an access token where a flow needs a browser page of its own', () => {
    expect(implicit?.type).toBe('token')
    expect(linesOf(report, 'changed')[0]).toContain('implicit')
  })

  test('collects the scopes of its operations as the default scope', () => {
    expect(code?.variables.find(({ key }) => key === 'scope')?.defaultValue).toBe('orders.read orders.write')
  })

  test('shows its scopes at each endpoint; what only one of several alternatives requires is in the report', () => {
    const security = [{ login: ['orders.read'] }, { admin: ['orders.admin', 'two words'] }]
    const flow = { flows: { clientCredentials: { tokenUrl: 'https://login.example.com/token' } } }
    const { connector, report } = mapped(
      withOperation(
        { security },
        { components: { securitySchemes: { login: { type: 'oauth2', ...flow }, admin: { type: 'oauth2', ...flow } } } },
      ),
    )
    expect(connector.endpoints[0]?.scopes).toEqual(['orders.read', 'orders.admin'])
    expect(linesOf(report, 'note')).toEqual([
      '/paths/~1orders/get/security/0: This alternative requires the scopes “orders.read”.',
      '/paths/~1orders/get/security/1: This alternative requires the scopes “orders.admin”.',
    ])
    expect(linesOf(report, 'invalid')).toEqual([
      '/paths/~1orders/get/security/1/admin/1: This is no scope (RFC 6749 §3.3).',
    ])
  })

  test('in version 2.0 has its one flow', () => {
    const { connector } = mapped({
      ...{ swagger: '2.0', info: { title: 'Orders', version: '1' }, host: 'api.example.com' },
      securityDefinitions: {
        app: { type: 'oauth2', flow: 'application', tokenUrl: 'https://login.example.com/token', scopes: { a: 'A' } },
        user: { type: 'basic' },
      },
      paths: { '/orders': { get: { security: [{ app: ['a'] }, { user: [] }] } } },
    })
    expect(connector.methods.map(({ name, type }) => [name, type])).toEqual([
      ['app', 'oauth2_client_credentials'],
      ['user', 'basic'],
    ])
  })
})

describe('What an operation accepts is enabled, exactly', () => {
  const securitySchemes = {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    app: { type: 'apiKey', in: 'query', name: 'app' },
    user: { type: 'http', scheme: 'basic' },
    token: { type: 'http', scheme: 'bearer' },
  }
  const accepted = (security: unknown, root?: unknown) =>
    mapped(
      withOperation(security === undefined ? {} : { security }, {
        components: { securitySchemes },
        ...(root !== undefined && { security: root }),
      }),
    ).connector.endpoints[0]?.accepts

  it.each([
    ['alternatives', [{ key: [] }, { user: [] }], undefined, ['key', 'user']],
    ['credentials that apply together', [{ key: [], app: [] }], undefined, ['key + app']],
    ['the default of the document', undefined, [{ user: [] }], ['user']],
    ['its own list instead of the default', [{ key: [] }], [{ user: [] }], ['key']],
    ['an empty list', [], [{ user: [] }], ['None']],
    ['an empty alternative', [{}, { key: [] }], undefined, ['None', 'key']],
    ['nothing at all', undefined, undefined, ['None']],
    ['a list that cannot be read, which must not mean none', 'key', [{ user: [] }], []],
  ])('%s', (_, security, root, expected) => {
    expect(accepted(security, root)).toEqual(expected)
  })

  test('a combined method holds both credentials', () => {
    const { connector } = methodsFor(securitySchemes, [{ key: [], user: [], app: [] }])
    const [method] = connector.methods
    expect(method).toMatchObject({
      type: 'basic',
      parameters: [
        { in: 'header', key: 'X-Key', value: '{{ key }}', sentWith: ['endpoint', 'verify'] },
        { in: 'url', key: 'app', value: '{{ app }}', sentWith: ['endpoint', 'verify'] },
      ],
    })
    expect(method?.variables.filter(({ secret }) => secret).map(({ key }) => key)).toEqual(['key', 'app'])
  })

  test('two credentials in one header cannot be sent together, which is reported', () => {
    const { connector, report } = methodsFor(securitySchemes, [{ user: [], token: [] }])
    expect(connector.methods[0]?.name).toBe('user + token')
    expect(linesOf(report, 'not_imported')[0]).toMatch(
      /^\/paths\/~1orders\/get\/security\/0: .* only “user” is sent\.$/,
    )
  })

  test('a scheme that is not declared is reported', () => {
    const { connector, report } = methodsFor(securitySchemes, [{ missing: [] }, { key: [] }])
    expect(connector.endpoints[0]?.accepts).toEqual(['key'])
    expect(linesOf(report, 'invalid')[0]).toMatch(/^\/paths\/~1orders\/get\/security\/0\/missing: /)
  })

  test('a scheme that no operation uses is a method without endpoints', () => {
    const { connector, report } = methodsFor(securitySchemes, [{ key: [], app: [] }])
    expect(connector.methods.map(({ name }) => name)).toEqual(['key + app', 'user', 'token'])
    expect(linesOf(report, 'note')).toHaveLength(2)
  })
})

describe('A test request is proposed', () => {
  const securitySchemes = {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    user: { type: 'http', scheme: 'basic' },
  }
  const testOf = (paths: object, method = 0) =>
    mapped({
      openapi: '3.1.0',
      info: { title: 'A', version: '1' },
      security: [{ key: [] }],
      components: { securitySchemes },
      paths,
    }).connector.methods[method]?.requests.verify

  test('for the GET that describes the caller', () => {
    expect(testOf({ '/orders': { get: {} }, '/account': { get: {} }, '/users/me': { get: {} } })).toMatchObject({
      url: '/users/me',
    })
  })

  it.each([
    ['needs a value', { '/users/{id}/me': { get: { parameters: [{ in: 'path', name: 'id', required: true }] } } }],
    ['changes something', { '/me': { post: {} } }],
    ['works without credentials', { '/me': { get: { security: [{}, { key: [] }] } } }],
    ['is deprecated', { '/me': { get: { deprecated: true } } }],
  ])('but not one that %s', (_, paths) => {
    expect(testOf(paths)).toBeUndefined()
  })

  test('only for the methods that accept it', () => {
    expect(testOf({ '/me': { get: { security: [{ user: [] }] } }, '/orders': { get: {} } }, 1)).toBeUndefined()
  })
})
