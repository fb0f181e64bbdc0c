import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { describe, expect, it } from 'vitest'
import { buildEndpointRequest, type EndpointRequestInput } from '@/lib/domain/requests/build-endpoint-request'
import { createRedactor } from '@/lib/domain/redaction'
import type { ConnectorDefinition, EndpointDefinition } from '@/lib/domain/definitions'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import {
  aConnector,
  aMethod,
  anEndpoint,
  anOAuthMethod,
  aParameter,
  aVariable,
  codeOf,
  hostileValues,
  methodValues,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'

const credentials = methodValues({ username: 'dana', password: 'correct-horse' })

function build(given: Partial<EndpointRequestInput> = {}) {
  return buildEndpointRequest({
    connector: aConnector(),
    method: aMethod('basic'),
    endpoint: anEndpoint(),
    values: { instance: credentials },
    confirmedOrigins: originsUnchecked,
    ...given,
  })
}

describe('The secrecy of an endpoint request', () => {
  const none = { address: 'none', url: 'none', named: 'none', body: 'none' }
  const piece = '{{ password | slice: 0, 2 }}'

  it.each([
    ['nothing but its credentials', {}, {}],
    ['a secret in the path', { url: '/{{ password }}' }, { url: 'whole' }],
    ['a piece in the query', { url: `/x?a=${piece}` }, { url: 'piece' }],
    ['a piece in the body', { bodyFormat: 'json', body: `["${piece}"]` }, { body: 'piece' }],
    ['a piece in a parameter of the query', { parameters: [aParameter('a', piece)] }, { named: 'piece' }],
    [
      'a piece in a parameter of the body',
      { bodyFormat: 'json', parameters: [aParameter('a', piece, { place: 'body' })] },
      { body: 'piece' },
    ],
  ] as const)('with %s', (_what, endpoint, secrecy) => {
    const built = valueOf(build({ endpoint: anEndpoint({ httpMethod: 'POST', ...endpoint } as object) }))
    expect(built.secrecy).toEqual({ ...none, named: 'whole', ...secrecy })
  })

  it('includes a piece of a secret that the credentials add to the body', () => {
    const method = aMethod('token', {
      options: valueOf(
        readMethodOptions('token', { placement: { place: 'body', key: 'k', value: '{{ token | slice: 0, 2 }}' } }),
      ),
    })
    const endpoint = anEndpoint({ httpMethod: 'POST', bodyFormat: 'json' })
    const built = valueOf(build({ method, endpoint, values: { instance: methodValues({ token: 't0ken' }) } }))
    expect(built.secrecy.body).toBe('piece')
  })

  it('starts with its own secret book', () => {
    const first = valueOf(build())
    first.secrets.addWhole('from its response')
    expect(valueOf(build()).secrets.texts()).not.toContain('from its response')
  })
})

describe('An endpoint request', () => {
  it('has the URL of the endpoint under the base URL, and the credentials of the instance', () => {
    expect(valueOf(build()).request).toEqual({
      method: 'GET',
      url: 'https://api.acme.test/v1/orders',
      headers: [['Authorization', 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl']],
      body: null,
    })
  })

  it('has the parameters of the endpoint, the filters of the shape and the body', () => {
    const endpoint = anEndpoint({
      httpMethod: 'POST',
      url: '/orders/{{ id }}?expand=1',
      bodyFormat: 'json',
      body: '{"note": "{{ note }}"}',
      variables: [aVariable('id', { level: 'endpoint', required: true }), aVariable('note', { level: 'endpoint' })],
      parameters: [
        aParameter('status', '', { required: false }),
        aParameter('X-Shop', '{{ id }}', { place: 'header' }),
      ],
    })
    const shape = new Map([
      ['endpoint-id', 'a/b'],
      ['endpoint-note', '"[[payload.note]]"'],
    ])
    const { request } = valueOf(
      build({
        endpoint,
        values: { instance: credentials, shape },
        filters: new Map([['parameter-status', 'open&x=1']]),
        flow: () => 'hi',
      }),
    )
    expect(request.url).toBe('https://api.acme.test/v1/orders/a%2Fb?expand=1&status=open%26x%3D1')
    expect(request.body).toBe('{"note":"\\"hi\\""}')
    expect(request.headers).toEqual([
      ['Content-Type', 'application/json'],
      ['X-Shop', 'a/b'],
      ['Authorization', 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl'],
    ])
  })

  it('has only those parameters of the method that are sent with endpoint requests (DATA §4)', () => {
    const method = aMethod('basic', {
      parameters: [
        aParameter('tenant', 't', { phases: ['endpoint', 'verify'] }),
        aParameter('X-Secret', '{{ password }}', { place: 'header', phases: ['exchange', 'refresh', 'verify'] }),
        aParameter('client_secret', '{{ password }}', { phases: ['exchange'] }),
      ],
    })
    const { request } = valueOf(build({ method }))
    expect(request.url).toBe('https://api.acme.test/v1/orders?tenant=t')
    expect(JSON.stringify(request)).not.toContain('correct-horse')
  })

  it('never contains the client secret of an OAuth method', () => {
    const values = { instance: methodValues({ client_id: 'app', client_secret: 's3cret-value' }) }
    const { request } = valueOf(build({ method: anOAuthMethod(), values, reserved: { access_token: 'at-1' } }))
    expect(request.headers).toEqual([['Authorization', 'Bearer at-1']])
    expect(JSON.stringify(request)).not.toContain('s3cret-value')
  })

  it('has credentials that no header, variable with the same name or value of a shape can replace', () => {
    const endpoint = anEndpoint({
      parameters: [aParameter('authorization', 'Bearer other', { place: 'header' })],
      variables: [aVariable('username', { level: 'endpoint', defaultValue: 'eve' })],
    })
    expect(valueOf(build({ endpoint })).request.headers).toEqual([['Authorization', 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl']])
    const shape = new Map([['method-username', 'eve']])
    expect(valueOf(build({ values: { instance: credentials, shape } })).request.headers).toEqual([
      ['Authorization', 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl'],
    ])
  })

  it('is refused with the name of a missing value (rule R14)', () => {
    expect(refusalOf(build({ values: { instance: methodValues({ username: 'dana' }) } })).message).toContain('Password')
    expect(
      refusalOf(
        build({
          endpoint: anEndpoint({
            url: '/orders/{{ ordr_id }}',
            variables: [aVariable('order_id', { level: 'endpoint' })],
          }),
        }),
      ).message,
    ).toContain('{{ order_id }}')
    expect(codeOf(build({ method: anOAuthMethod(), values: {} }))).toBe('no_token')
  })

  it('is only sent to the hosts of the connector (rule R14, DATA §6)', () => {
    const connector = aConnector({
      baseUrl: '{{ shop_url }}',
      allowedHosts: ['*.shops.test'],
      variables: [aVariable('shop_url', { inputKind: 'url' })],
    })
    const at = (url: string) =>
      build({ connector, values: { instance: new Map([...credentials, ['connector-shop_url', url]]) } })
    expect(valueOf(at('https://a.shops.test')).request.url).toBe('https://a.shops.test/orders')
    expect(codeOf(at('https://evil.test'))).toBe('host_not_allowed')
    expect(codeOf(at('https://a.shops.test:8443'))).toBe('host_not_allowed')
  })

  it('cannot be sent to another host by a shape (rule R14)', () => {
    const connector = aConnector({ baseUrl: 'https://{{ account }}.acme.test', variables: [aVariable('account')] })
    const instance = new Map([...credentials, ['connector-account', 'ours']])
    const shape = new Map([
      ['connector-account', 'theirs'],
      ['endpoint-account', 'theirs'],
    ])
    expect(valueOf(build({ connector, values: { instance, shape } })).request.url).toBe('https://ours.acme.test/orders')
    const endpoint = anEndpoint({ variables: [aVariable('account', { level: 'endpoint', defaultValue: 'fixed' })] })
    expect(valueOf(build({ connector, endpoint, values: { instance, shape } })).request.url).toBe(
      'https://fixed.acme.test/orders',
    )
  })

  it('can use a value from a third party in its host only for allowed hosts, also as a single label (DATA §6)', () => {
    const connector = aConnector({ baseUrl: 'https://{{ region }}.acme.test', variables: [aVariable('region')] })
    const values = { instance: credentials, stored: new Map([['region', 'eu']]) }
    expect(codeOf(build({ connector, values }))).toBe('host_not_allowed')
    expect(valueOf(build({ connector: { ...connector, allowedHosts: ['eu.acme.test'] }, values })).request.url).toBe(
      'https://eu.acme.test/orders',
    )
  })

  it('is refused if the host has another variable than the confirmed one (DATA §6)', () => {
    const connector = aConnector({
      baseUrl: 'https://{{ other }}.acme.test',
      variables: [aVariable('account'), aVariable('other')],
    })
    const values = { instance: new Map([...credentials, ['connector-other', 'theirs']]) }
    expect(codeOf(build({ connector, values, confirmedOrigins: ['https://{account}.acme.test'] }))).toBe(
      'origin_not_confirmed',
    )
    expect(build({ connector, values, confirmedOrigins: ['https://{other}.acme.test'] }).ok).toBe(true)
  })

  it('is refused for a host that is not confirmed (DATA §6)', () => {
    expect(codeOf(build({ confirmedOrigins: ['https://other.test'] }))).toBe('origin_not_confirmed')
    expect(build({ confirmedOrigins: ['https://api.acme.test'] }).ok).toBe(true)
  })

  it('has the token in the query or the body if the method says so', () => {
    const token = (place: 'url' | 'body', endpoint = anEndpoint()) =>
      build({
        method: aMethod('token', { options: { placement: { place, key: 'api_key', value: '{{ token }}' } } }),
        values: { instance: methodValues({ token: 't&x=1' }) },
        endpoint,
      })
    const inQuery = valueOf(token('url'))
    expect(inQuery.request.url).toBe('https://api.acme.test/v1/orders?api_key=t%26x%3D1')
    expect(inQuery.credentialNames.queryKeys).toEqual(['api_key'])
    expect(valueOf(token('body', anEndpoint({ httpMethod: 'POST', bodyFormat: 'form' }))).request.body).toBe(
      'api_key=t%26x%3D1',
    )
    expect(codeOf(token('body'))).toBe('invalid_input')
  })

  // Shows C46.
  it('has a credential in its path if the URL uses it', () => {
    const endpoint = anEndpoint({ url: '/bot{{ token }}/messages' })
    const method = aMethod('token', { options: { placement: { place: 'none', key: '', value: '' } } })
    const built = valueOf(build({ method, endpoint, values: { instance: methodValues({ token: '12:a/b' }) } }))
    expect(built.request.url).toBe('https://api.acme.test/v1/bot12%3Aa%2Fb/messages')
    expect(built.request.headers).toEqual([])
    expect(built.secrets.texts()).toContain('12:a/b')
  })

  it('has a credential in a JSON body if the body uses it', () => {
    const endpoint = anEndpoint({
      httpMethod: 'POST',
      bodyFormat: 'json',
      body: '{"auth":{"token":"{{ token }}"},"page":1}',
    })
    const method = aMethod('token', { options: { placement: { place: 'none', key: '', value: '' } } })
    expect(
      valueOf(build({ method, endpoint, values: { instance: methodValues({ token: 'a"b' }) } })).request.body,
    ).toBe('{"auth":{"token":"a\\"b"},"page":1}')
  })

  // Shows C25.
  it('uses the base URL of the method if it has one, also with a value from connecting', () => {
    const connector = aConnector({
      allowedHosts: ['*.acme.test'],
      variables: [aVariable('instance_url', { inputKind: 'url' })],
    })
    const at = (baseUrl: string, kept: Record<string, string> = {}) => {
      const method = aMethod('basic', { options: { baseUrl } })
      return build({ connector, method, values: { instance: credentials, stored: new Map(Object.entries(kept)) } })
    }
    expect(valueOf(at('')).request.url).toBe('https://api.acme.test/v1/orders')
    expect(valueOf(at('https://eu.acme.test/v2')).request.url).toBe('https://eu.acme.test/v2/orders')
    expect(valueOf(at('{{ instance_url }}/v3', { instance_url: 'https://na1.acme.test' })).request.url).toBe(
      'https://na1.acme.test/v3/orders',
    )
    expect(codeOf(at('{{ instance_url }}/v3', { instance_url: 'https://evil.test' }))).toBe('host_not_allowed')
    expect(codeOf(at('{{ instance_url }}/v3'))).not.toBe('accepted')
  })
})

describe('The secrets of a request', () => {
  it('are all secret values, everything derived from them, and the tokens', () => {
    expect(valueOf(build()).secrets.texts()).toEqual(
      expect.arrayContaining(['correct-horse', 'ZGFuYTpjb3JyZWN0LWhvcnNl']),
    )
    const endpoint = anEndpoint({
      parameters: [aParameter('X-Key', '{{ password | upcase | base64_encode }}', { place: 'header' })],
    })
    expect(valueOf(build({ endpoint })).secrets.texts()).toContain(btoa('CORRECT-HORSE'))
    expect(
      valueOf(build({ method: anOAuthMethod(), values: {}, reserved: { access_token: 'at-1' } })).secrets.texts(),
    ).toContain('at-1')
  })

  it('include the locations of credentials, so that none is sent to another origin after a redirect', () => {
    const endpoint = anEndpoint({
      parameters: [
        aParameter('X-Key', '{{ password }}', { place: 'header' }),
        aParameter('key', '{{ password }}'),
        aParameter('page', '1'),
      ],
    })
    expect(valueOf(build({ endpoint })).credentialNames).toEqual({
      headers: ['Authorization', 'X-Key'],
      queryKeys: ['key'],
    })
  })
})

describe('A value of a shape changes only its own location', () => {
  const endpoint = anEndpoint({
    httpMethod: 'POST',
    url: '/orders/{{ x }}',
    bodyFormat: 'form',
    variables: [aVariable('x', { level: 'endpoint' })],
    parameters: [
      aParameter('q', '{{ x }}'),
      aParameter('X-Value', '{{ x }}', { place: 'header' }),
      aParameter('f', '{{ x }}', { place: 'body' }),
    ],
  })

  it.each(hostileValues.filter((value) => !value.startsWith('[[')))('%j', (value) => {
    const built = build({ endpoint, values: { instance: credentials, shape: new Map([['endpoint-x', value]]) } })
    if (!built.ok) return expect(['invalid_value', 'invalid_header']).toContain(built.error.code)
    const { request } = built.value
    const url = new URL(request.url)
    expect([url.origin, url.pathname.split('/').length, [...url.searchParams.keys()].join()]).toEqual([
      'https://api.acme.test',
      4,
      'q',
    ])
    expect(request.headers.map(([name]) => name)).toEqual(['Content-Type', 'X-Value', 'Authorization'])
    expect([...new URLSearchParams(String(request.body))]).toEqual([['f', value]])
  })
})

describe('The parameters of the connector', () => {
  const header = { place: 'header' as const }
  const cookie = { place: 'cookie' as const }
  const connector = aConnector({
    parameters: [
      aParameter('X-Api-Version', '{{ api_version }}', header),
      aParameter('locale', 'en'),
      aParameter('shop', 'a b', cookie),
    ],
    variables: [aVariable('api_version', { defaultValue: '2024-10' })],
  })
  const sent = (given: Partial<EndpointRequestInput> = {}) => {
    const { request } = valueOf(build({ connector, ...given }))
    return { query: new URL(request.url).search, headers: Object.fromEntries(request.headers) }
  }

  it('are sent with the request of an endpoint, with the connector’s variables', () => {
    expect(sent()).toEqual({
      query: '?locale=en',
      headers: {
        'X-Api-Version': '2024-10',
        Authorization: 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl',
        Cookie: 'shop=a%20b',
      },
    })
  })

  it('are replaced by those of the method and the endpoint, and by a key in the URL', () => {
    const parameters = [aParameter('x-api-version', '2025-01', { ...header, phases: ['endpoint'] })]
    const method = aMethod('basic', { parameters })
    expect(sent({ method }).headers).toMatchObject({ 'x-api-version': '2025-01' })
    const endpoint = anEndpoint({ url: '/orders?locale=de', parameters: [aParameter('shop', 'b', cookie)] })
    expect(sent({ endpoint })).toMatchObject({ query: '?locale=de', headers: { Cookie: 'shop=b' } })
  })

  it('never replace a credential', () => {
    const token = valueOf(
      readMethodOptions('token', { placement: { place: 'url', key: 'locale', value: '{{ token }}' } }),
    )
    const method = aMethod('token', { options: token })
    expect(sent({ method, values: { instance: methodValues({ token: 't0ken' }) } }).query).toBe('?locale=t0ken')
    const overriding = aConnector({ parameters: [aParameter('authorization', 'Basic x', header)] })
    expect(sent({ connector: overriding }).headers).toEqual({ Authorization: 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl' })
  })

  it('can set the media type of a body, except for forms', () => {
    const typed = aConnector({ parameters: [aParameter('content-type', 'application/vnd.api+json', header)] })
    const typesOf = (bodyFormat: 'json' | 'form' | 'multipart', own: EndpointDefinition['parameters'] = []) => {
      const body = bodyFormat === 'json' ? '{"a":1}' : 'a=1'
      const endpoint = anEndpoint({ httpMethod: 'POST', bodyFormat, body, parameters: own })
      const { request } = valueOf(build({ connector: typed, endpoint }))
      return request.headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value)
    }
    expect(typesOf('json')).toEqual(['application/vnd.api+json'])
    expect(typesOf('form')).toEqual(['application/x-www-form-urlencoded'])
    expect(typesOf('multipart')).toEqual(['multipart/form-data; boundary=----patchbay-form-0'])
    expect(typesOf('form', [aParameter('Content-Type', 'text/x-own', header)])).toEqual(['text/x-own'])
  })

  it('do not remove the fields of a form from an OAuth 1 signature', () => {
    const typed = aConnector({ parameters: [aParameter('Content-Type', 'application/json', header)] })
    const signed = (connector: ConnectorDefinition) => {
      const method = aMethod('oauth1')
      const endpoint = anEndpoint({ httpMethod: 'POST', bodyFormat: 'form', body: 'a=1' })
      const values = { instance: methodValues({ consumer_key: 'ck', consumer_secret: 'cs' }) }
      const reserved = { now: '2026-11-21T05:15:00.000Z', nonce: 'a-nonce' }
      const { request } = valueOf(build({ connector, method, endpoint, values, reserved }))
      return Object.fromEntries(request.headers)['Authorization']
    }
    expect(signed(typed)).toBe(signed(aConnector()))
  })

  it('add their secrets to those of the request', () => {
    const variables = [aVariable('tenant', { secret: true })]
    const secret = aConnector({ parameters: [aParameter('tenant', '{{ tenant }}', cookie)], variables })
    const instance = new Map([...credentials, ['connector-tenant', 'a tenant; a secret']])
    const built = valueOf(build({ connector: secret, values: { instance } }))
    const [, cookies] = built.request.headers.find(([name]) => name === 'Cookie') ?? []
    expect(cookies).toBe('tenant=a%20tenant%3B%20a%20secret')
    expect(createRedactor({ secrets: built.secrets }).text(cookies ?? '')).toBe('tenant=••••••')
    expect(built.secrecy.named).toBe('whole')
  })
})
