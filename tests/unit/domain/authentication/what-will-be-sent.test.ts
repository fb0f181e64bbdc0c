import { describe, expect, it } from 'vitest'
import { describeRequests, type DescribeInput, type RequestDescription } from '@/lib/domain/preview/describe-requests'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import {
  aConnector,
  aMethod,
  anEndpoint,
  anOAuthMethod,
  aParameter,
  aPhase,
  aVariable,
  methodValues,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'

const types = Object.keys(authenticationTypeDefinitions) as AuthenticationType[]

function described(method: MethodDefinition, given: Partial<DescribeInput> = {}): RequestDescription[] {
  return describeRequests({
    connector: aConnector(),
    method,
    redirectUri: 'https://patchbay.test/oauth/authenticate',
    now: '2026-03-04T05:06:07.000Z',
    ...given,
  })
}

const of = (list: RequestDescription[], phase: string, step = 0) =>
  list.find((entry) => entry.phase === phase && entry.step === step)!
const headersOf = (description: RequestDescription) => Object.fromEntries(valueOf(description.request).headers)

function withOptions(
  type: AuthenticationType,
  options: object,
  given: Partial<MethodDefinition> = {},
): MethodDefinition {
  return aMethod(type, { options: { ...authenticationTypeDefinitions[type].defaultOptions, ...options }, ...given })
}

describe('The preview of what will be sent, for every type', () => {
  it.each(types)('shows the endpoint requests of %s without placeholders or secrets', (type) => {
    const list = described(aMethod(type))
    expect(list.some(({ phase }) => phase === 'endpoint')).toBe(true)
    expect(JSON.stringify(list)).not.toMatch(/standin|patchbay\.invalid|5ec0de|fa11ed/)
  })

  it.each(types)('never throws for an unfinished %s', (type) => {
    const { options } = aMethod(type)
    const unfinished: MethodDefinition['options'] = {
      ...options,
      placement: { place: 'header', key: 'A b', value: '{{ x' },
      computed: [{ key: 'a', value: '{{ a }}' }],
      jwt: { ...options.jwt, algorithm: '', lifetime: 'soon', claims: [{ name: '', value: '{{', kind: 'json' }] },
      signature: { ...options.signature, scheme: 'http_message_signatures', components: ['@nothing'] },
    }
    const broken = {
      ...aMethod(type),
      options: unfinished,
      phases: [
        aPhase('exchange', { url: 'nonsense:' }),
        aPhase('verify', { url: '{{' }),
        aPhase('authorise', { url: 'https://{{ a' }),
      ],
      parameters: [aParameter('', '{{ nobody }}', { phases: ['endpoint', 'verify', 'exchange'] })],
    }
    for (const { request } of described(broken)) if (!request.ok) expect(request.error.message).not.toBe('')
  })

  it('has the requests in the order in which they are sent', () => {
    const method = anOAuthMethod(
      {},
      {
        phases: [
          aPhase('revoke', { url: 'https://login.acme.test/revoke' }),
          aPhase('verify', { url: '/me', step: 1 }),
          aPhase('verify', { url: '/me' }),
          aPhase('after_connect', { url: '/account' }),
          aPhase('exchange', { url: 'https://login.acme.test/second', step: 1 }),
          aPhase('exchange', { url: 'https://login.acme.test/token' }),
          aPhase('authorise', { url: 'https://login.acme.test/authorize' }),
        ],
      },
    )
    expect(described(method).map(({ title, byBrowser }) => [title, byBrowser])).toEqual([
      ['Authorise', true],
      ['Get token, request 1', false],
      ['Get token, request 2', false],
      ['After-connect lookup', false],
      ['Refresh', false],
      ['Test request, request 1', false],
      ['Test request, request 2', false],
      ['Endpoint requests', false],
      ['Revoke', false],
    ])
  })

  it('reports what is missing in a required request, and leaves out optional ones', () => {
    const list = described(aMethod('token_exchange'))
    expect(refusalOf(of(list, 'exchange').request).message).toContain('no Token URL')
    expect(list.map(({ phase }) => phase)).toEqual(['exchange', 'endpoint'])
  })

  it('uses the example endpoint, or a placeholder for any endpoint', () => {
    const [example] = described(aMethod('token'), { endpoint: anEndpoint() })
    expect(valueOf(example!.request).url).toBe('https://api.acme.test/v1/orders')
    const [any] = described(aMethod('token'))
    expect(valueOf(any!.request).url).toBe('https://api.acme.test/v1/…')
  })
})

describe('The preview of what will be sent, type by type', () => {
  it('names values from an earlier token request, and masks secret ones', () => {
    const extract = [
      { variable: 'ticket', path: '$.t', secret: true },
      { variable: 'host_name', path: '$.h', secret: false },
    ]
    const phases = [
      aPhase('exchange', { url: 'https://login.acme.test/1', extract }),
      aPhase('exchange', { step: 1, url: 'https://login.acme.test/2?h={{ step1.host_name }}&t={{ step1.ticket }}' }),
    ]
    expect(valueOf(of(described(aMethod('token_exchange', { phases })), 'exchange', 1).request).url).toBe(
      'https://login.acme.test/2?h={{ step1.host_name }}&t=••••••',
    )
  })

  it('decodes the JWT of a request and masks its signature', () => {
    const jwt = {
      algorithm: 'RS256',
      key: '{{ private_key }}',
      keyEncoding: 'pem',
      lifetime: '300',
      header: [{ name: 'kid', value: 'k1' }],
      claims: [{ name: 'iss', value: '{{ account }}', kind: 'text' }],
    }
    const method = withOptions('signed_jwt', { jwt })
    method.variables.push(aVariable('account', { level: 'method', required: true }))
    const endpoint = of(described(method), 'endpoint')
    expect(headersOf(endpoint)).toEqual({ Authorization: 'Bearer ••••••' })
    const [shown] = valueOf(endpoint.request).jwts
    expect(JSON.parse(shown!.header)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' })
    expect(JSON.parse(shown!.claims)).toMatchObject({ iss: '{{ account }}', iat: 1772600767, exp: 1772601067 })
  })

  it.each(['base64', 'hex'] as const)('needs no key to show a JWT whose secret is encoded in %s', (keyEncoding) => {
    const jwt = { algorithm: 'HS256', key: '{{ private_key }}', keyEncoding, lifetime: '', header: [], claims: [] }
    expect(valueOf(of(described(withOptions('signed_jwt', { jwt })), 'endpoint').request).jwts).toHaveLength(1)
  })

  it('shows the three legs of OAuth 1, and the resulting token', () => {
    const phases = [
      aPhase('request_token', { url: 'https://a.test/request' }),
      aPhase('authorise', { url: 'https://a.test/allow' }),
      aPhase('exchange', { url: 'https://a.test/access' }),
    ]
    const list = described(aMethod('oauth1', { phases }))
    expect(list.map(({ phase }) => phase)).toEqual(['request_token', 'authorise', 'exchange', 'endpoint'])
    expect(headersOf(of(list, 'request_token')).Authorization).toMatch(/oauth_callback=.*oauth_signature="••••••"/)
    expect(valueOf(of(list, 'authorise').request).url).toBe('https://a.test/allow?oauth_token=••••••')
    expect(headersOf(of(list, 'endpoint')).Authorization).toMatch(/oauth_token=/)
  })

  it('shows both requests of Digest: the refused one, and the response to the challenge', () => {
    const list = described(aMethod('digest')).filter(({ phase }) => phase === 'endpoint')
    expect(list.map((entry) => headersOf(entry).Authorization?.slice(0, 6) ?? '')).toEqual(['', 'Digest'])
    expect(headersOf(list[1]!).Authorization).toContain('response="••••••"')
  })

  it.each(signaturePresets.map((preset) => [preset.name, preset] as const))(
    'signs with %s and masks the signature',
    (_name, { options, variables }) => {
      const method = withOptions('request_signature', options)
      method.variables = [
        ...method.variables.filter(({ key }) => !variables.some((own) => own.key === key)),
        ...variables.map((own) =>
          aVariable(own.key, { ...own, level: 'method', secret: own.secret ?? own.key === 'secret_key' }),
        ),
      ]
      const endpoint = of(described(method), 'endpoint')
      expect(JSON.stringify(valueOf(endpoint.request).headers)).toContain('••••••')
    },
  )

  it('masks the token in a cookie, and also in parameters that contain all credentials', () => {
    const cookie = withOptions('token', { placement: { place: 'cookie', key: 'SESSION', value: '{{ token }}' } })
    expect(headersOf(of(described(cookie), 'endpoint'))).toEqual({ Cookie: 'SESSION=••••••' })
    const parameters = [
      aParameter('key', '{{ token }}', { phases: ['endpoint'] }),
      aParameter('X-App', '{{ app }}', { place: 'header', phases: ['endpoint'] }),
    ]
    const method = withOptions('token', { placement: { place: 'none', key: '', value: '' } }, { parameters })
    method.variables.push(aVariable('app', { level: 'method', required: true }))
    const { url, headers } = valueOf(of(described(method), 'endpoint').request)
    expect(url).toBe('https://api.acme.test/v1/…?key=••••••')
    expect(headers).toEqual([['X-App', '{{ app }}']])
  })

  it('uses sample values, also in computed values, but never for a secret', () => {
    const method = withOptions(
      'basic',
      { computed: [{ key: 'shout', value: '{{ username | upcase }}' }] },
      { parameters: [aParameter('X-User', '{{ shout }}', { place: 'header', phases: ['endpoint'] })] },
    )
    const values = { instance: methodValues({ username: 'dana', password: 'correct-horse' }) }
    const endpoint = of(described(method, { values }), 'endpoint')
    expect(headersOf(endpoint)['X-User']).toBe('DANA')
    expect(JSON.stringify(endpoint)).not.toContain('correct-horse')
    expect(headersOf(of(described(method), 'endpoint'))['X-User']).toBe('{{ username }}')
  })

  it('has a placeholder for a value of a later response', () => {
    const kept = [{ variable: 'api_host', path: 'host', secret: false, expiryPath: '' }]
    const method = anOAuthMethod({ kept })
    method.variables.push(aVariable('api_host', { level: 'method' }))
    method.parameters = [aParameter('X-Host', '{{ api_host }}', { place: 'header', phases: ['endpoint'] })]
    expect(headersOf(of(described(method), 'endpoint'))['X-Host']).toBe('{{ api_host }}')
  })
})
