import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import type { GrantInput } from '@/lib/domain/oauth2/grant-fields'
import { exchangeSteps } from '@/lib/domain/oauth2/token-settings'
import {
  aConnector,
  anOAuthMethod,
  aParameter,
  aPhase,
  aVariable,
  codeOf,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'
import { es256, pemOf } from '@/tests/support/jwt-vectors'
import { aTokenMethod, buildToken, formOfRequest, headerOfRequest } from '@/tests/support/oauth-builders'

const client = { client_id: 'the-client', client_secret: 's3cret' }
const tokenUrl = 'https://login.acme.test/token'
const refresh = (given: Partial<Extract<GrantInput, { kind: 'refresh' }>> = {}) => ({
  grant: { kind: 'refresh', refreshToken: 'r-1', accessToken: 'a-1', ...given } as const,
})

describe('Refused:', () => {
  it('a refresh without the token that it needs', () => {
    expect(codeOf(buildToken(anOAuthMethod(), client, refresh({ refreshToken: null })))).toBe('no_token')
    expect(
      codeOf(buildToken(anOAuthMethod({ refreshBy: 'access_token' }), client, refresh({ accessToken: null }))),
    ).toBe('no_token')
  })

  it('a token request, a later one or a revocation without a URL, with its name', () => {
    const phases = [aPhase('exchange', { url: tokenUrl }), aPhase('exchange', { step: 1 })]
    expect(refusalOf(buildToken(anOAuthMethod({}, { phases: [] }), client)).message).toContain('Token URL')
    expect(refusalOf(buildToken(aTokenMethod('token_exchange', {}, { phases }), {}, { step: 1 })).message).toContain(
      'token request 2',
    )
    const revoke = { grant: { kind: 'revoke', accessToken: 'a', refreshToken: 'r' } } as const
    expect(refusalOf(buildToken(anOAuthMethod(), client, revoke)).message).toContain('Revoke URL')
  })

  it('fields in a body format without fields', () => {
    const phases = [aPhase('exchange', { url: tokenUrl, bodyFormat: 'xml' })]
    expect(codeOf(buildToken(aTokenMethod('oauth2_client_credentials', {}, { phases }), client))).toBe('invalid_input')
  })
})

// Shows C3.
describe('Client credentials (RFC 6749 §4.4.2)', () => {
  const build = (values: Record<string, string> = {}, options = {}) =>
    buildToken(aTokenMethod('oauth2_client_credentials', options), { ...client, ...values })

  it('sends the grant type, and the scope if it is not empty', () => {
    expect(formOfRequest(build())).toEqual({ grant_type: 'client_credentials' })
    expect(formOfRequest(build({ scope: 'read write' }))).toEqual({
      grant_type: 'client_credentials',
      scope: 'read write',
    })
    expect(formOfRequest(build({ scope: 'read write' }, { scopeSeparator: ',' })).scope).toBe('read,write')
    expect(headerOfRequest(build(), 'Accept')).toBe('application/json')
  })

  it('can send another grant type, with parameters of the method', () => {
    const method = aTokenMethod('oauth2_client_credentials')
    const username = aVariable('username', { level: 'method' })
    const password = aVariable('password', { level: 'method', secret: true })
    const parameters = ['username', 'password'].map((key) =>
      aParameter(key, `{{ ${key} }}`, { place: 'body', phases: ['exchange'] }),
    )
    const built = buildToken(
      { ...method, parameters, variables: [...method.variables, username, password] },
      { ...client, grant_type: 'password', username: 'dana', password: 'hunter22' },
    )
    expect(formOfRequest(built)).toEqual({ grant_type: 'password', username: 'dana', password: 'hunter22' })
    expect(valueOf(built).secrets.texts()).toContain('hunter22')
  })

  it('refreshes with the refresh token', () => {
    expect(formOfRequest(buildToken(aTokenMethod('oauth2_client_credentials'), client, refresh()))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'r-1',
    })
  })
})

// Shows C9.
describe('The assertion of a signed JWT (RFC 7523 §2.1)', () => {
  const values = { private_key: pemOf(es256.key), algorithm: 'ES256', issuer: 'service', audience: tokenUrl }

  it('is the JWT of the method, with the grant type of the RFC', () => {
    const form = formOfRequest(buildToken(aTokenMethod('signed_jwt'), values))
    expect(Object.keys(form)).toEqual(['grant_type', 'assertion'])
    expect(form.grant_type).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    expect(decodeJwt(form.assertion ?? '')).toMatchObject({ iss: 'service', aud: tokenUrl, jti: 'request-1' })
  })

  it('is redacted', () => {
    const built = buildToken(aTokenMethod('signed_jwt'), values)
    expect(valueOf(built).secrets.texts()).toContain(formOfRequest(built).assertion)
  })

  it('can contain the URL of the request', () => {
    const jwt = { algorithm: 'ES256', claims: [{ name: 'aud', value: '{{ request_url }}', kind: 'text' }] }
    expect(decodeJwt(formOfRequest(buildToken(aTokenMethod('signed_jwt', { jwt }), values)).assertion ?? '').aud).toBe(
      tokenUrl,
    )
  })

  it('is refused if a claim uses the JWT itself', () => {
    const jwt = { algorithm: 'ES256', claims: [{ name: 'sub', value: '{{ signed_jwt }}', kind: 'text' }] }
    expect(refusalOf(buildToken(aTokenMethod('signed_jwt', { jwt }), values)).message).toContain('uses itself')
  })
})

// Shows C40.
describe('Refreshing in other ways', () => {
  it('with the access token, under the vendor’s name', () => {
    const parameterNames = [{ standard: 'access_token', sent: 'fb_exchange_token' }]
    const method = anOAuthMethod({ refreshBy: 'access_token', parameterNames })
    const form = formOfRequest(
      buildToken(method, { ...client, refresh_grant_type: 'fb_exchange_token' }, refresh({ refreshToken: null })),
    )
    expect(form).toEqual({ grant_type: 'fb_exchange_token', fb_exchange_token: 'a-1' })
  })

  it('parameters of the refresh can use both tokens', () => {
    const parameters = [
      aParameter('Authorization', 'Bearer {{ access_token }}', { place: 'header', phases: ['refresh'] }),
    ]
    const method = aTokenMethod('token_exchange', {}, { parameters })
    const built = buildToken(method, {}, refresh())
    expect(headerOfRequest(built, 'Authorization')).toBe('Bearer a-1')
    expect(valueOf(built).secrets.texts()).toEqual(expect.arrayContaining(['a-1', 'r-1']))
  })
})

// Shows C24.
describe('Revoking (RFC 7009 §2.1)', () => {
  const phases = [
    aPhase('exchange', { url: tokenUrl, httpMethod: 'POST' }),
    aPhase('revoke', { url: 'https://login.acme.test/revoke' }),
  ]
  const build = (refreshToken: string | null, given = phases) =>
    buildToken(anOAuthMethod({ clientAuthentication: 'client_secret_post' }, { phases: given }), client, {
      grant: { kind: 'revoke', accessToken: 'a-1', refreshToken },
    })

  it('sends the refresh token, because that also revokes its access tokens', () => {
    expect(valueOf(build('r-1')).request.url).toBe('https://login.acme.test/revoke')
    expect(formOfRequest(build('r-1'))).toEqual({
      token: 'r-1',
      token_type_hint: 'refresh_token',
      client_id: 'the-client',
      client_secret: 's3cret',
    })
  })

  it('sends the access token if there is no refresh token', () => {
    expect(formOfRequest(build(null))).toMatchObject({ token: 'a-1', token_type_hint: 'access_token' })
  })

  it('as DELETE sends the fields in the query, unless the method has a body', () => {
    const { request } = valueOf(
      build('r-1', [phases[0]!, aPhase('revoke', { url: 'https://login.acme.test/revoke', httpMethod: 'DELETE' })]),
    )
    expect([request.method, request.body]).toEqual(['DELETE', null])
    expect(new URL(request.url).searchParams.get('token')).toBe('r-1')
  })
})

// Shows C30.
describe('A vendor’s own parameter names', () => {
  const parameterNames = [
    { standard: 'client_id', sent: 'client_key' },
    { standard: 'redirect_uri', sent: '' },
    { standard: 'code', sent: 'auth_code' },
    { standard: 'grant_type', sent: '' },
  ]
  const method = (options = {}) =>
    anOAuthMethod({ parameterNames, clientAuthentication: 'client_secret_post', ...options })
  const grant = {
    kind: 'code',
    code: 'c-1',
    redirectUri: 'https://patchbay.test/oauth/authenticate',
    codeVerifier: null,
  } as const

  it('apply to the grant and to the client, and an empty one removes the parameter', () => {
    expect(formOfRequest(buildToken(method(), client, { grant }))).toEqual({
      auth_code: 'c-1',
      client_key: 'the-client',
      client_secret: 's3cret',
    })
  })

  it('apply to the refresh', () => {
    expect(formOfRequest(buildToken(method(), client, refresh()))).toEqual({
      refresh_token: 'r-1',
      client_key: 'the-client',
      client_secret: 's3cret',
    })
  })

  it('a parameter of the method replaces the field with the same sent name', () => {
    const parameters = [aParameter('client_key', 'own', { place: 'body', phases: ['exchange'] })]
    expect(formOfRequest(buildToken({ ...method(), parameters }, client, { grant })).client_key).toBe('own')
  })
})

describe('Token requests in steps', () => {
  const phases = [
    aPhase('exchange', { url: 'https://api.acme.test/session', httpMethod: 'POST' }),
    aPhase('exchange', { step: 1, url: '/token', httpMethod: 'GET' }),
    aPhase('exchange', { step: 2, url: '/activate', bodyFormat: 'xml', body: '<token user="{{ user }}"/>' }),
    aPhase('exchange', { step: 3 }),
  ]
  const parameters = [
    aParameter('X-Everywhere', 'yes', { place: 'header', phases: ['exchange'] }),
    aParameter('login', '{{ user }}', { place: 'body', phases: ['exchange'], steps: [0] }),
    aParameter('scope', 'all', { phases: ['exchange'], steps: [1] }),
    aParameter('Accept', 'application/xml', { place: 'header', phases: ['exchange'], steps: [2] }),
  ]
  const base = aTokenMethod('token_exchange', {}, { phases, parameters })
  const method = { ...base, variables: [...base.variables, aVariable('user', { level: 'method' })] }
  const build = (step: number) => buildToken(method, { user: 'a"&b' }, { step })

  it('are the phases with a URL, in their order', () => {
    expect(exchangeSteps(method).map(({ step }) => step)).toEqual([0, 1, 2])
  })

  it('each have their own method, body and headers, and the shared parameters', () => {
    expect(JSON.parse(String(valueOf(build(0)).request.body))).toEqual({ login: 'a"&b' })
    expect(valueOf(build(1)).request).toMatchObject({
      method: 'GET',
      url: 'https://api.acme.test/v1/token?scope=all',
      body: null,
    })
    expect(valueOf(build(2)).request).toMatchObject({ method: 'POST', body: '<token user="a&quot;&amp;b"/>' })
    for (const step of [0, 1, 2]) expect(headerOfRequest(build(step), 'X-Everywhere')).toBe('yes')
    expect([0, 1, 2].map((step) => headerOfRequest(build(step), 'Accept'))).toEqual([
      'application/json',
      'application/json',
      'application/xml',
    ])
  })

  it('only the first has the protocol’s fields and the client', () => {
    const later = [
      aPhase('exchange', { url: tokenUrl, httpMethod: 'POST' }),
      aPhase('exchange', { step: 1, url: '/me', httpMethod: 'POST' }),
    ]
    const { request } = valueOf(
      buildToken(anOAuthMethod({}, { phases: later }), client, {
        step: 1,
        grant: { kind: 'code', code: 'c', redirectUri: 'x', codeVerifier: null },
      }),
    )
    expect(request.body).toBeNull()
    expect(request.headers).toEqual([['Accept', 'application/json']])
  })

  it('a later one can use a value of an earlier response, which is redacted and only used for allowed hosts', () => {
    const later = [
      aPhase('exchange', { url: tokenUrl }),
      aPhase('exchange', {
        step: 1,
        url: 'https://{{ step1.pod }}.acme.test/token',
        httpMethod: 'POST',
        bodyFormat: 'json',
        body: '{"session":"{{ step1.session }}"}',
      }),
    ]
    const next = (pod: string, allowedHosts: string[]) =>
      buildToken(
        aTokenMethod('token_exchange', {}, { phases: later }),
        {},
        {
          ...{ step: 1, connector: aConnector({ allowedHosts }) },
          context: {
            steps: new Map([
              ['step1.pod', pod],
              ['step1.session', 's"1'],
            ]),
          },
        },
      )
    expect(valueOf(next('eu1', ['eu1.acme.test'])).request).toMatchObject({
      url: 'https://eu1.acme.test/token',
      body: '{"session":"s\\"1"}',
    })
    expect(valueOf(next('eu1', ['eu1.acme.test'])).secrets.texts()).toContain('s"1')
    expect(next('eu2', ['eu1.acme.test']).ok).toBe(false)
    expect(next('evil.test/', ['*.acme.test']).ok).toBe(false)
    const first = buildToken(
      aTokenMethod('token_exchange', {}, { phases: later }),
      {},
      { step: 1, connector: aConnector({ allowedHosts: ['*.acme.test'] }) },
    )
    expect(refusalOf(first).message).toContain('step1')
  })

  it('a later one authenticates the client only if its phase says so', () => {
    const later = [
      aPhase('exchange', { url: tokenUrl }),
      aPhase('exchange', { step: 1, url: '/me', httpMethod: 'POST', clientAuthentication: 'client_secret_basic' }),
    ]
    expect(
      headerOfRequest(buildToken(anOAuthMethod({}, { phases: later }), client, { step: 1 }), 'Authorization'),
    ).toMatch(/^Basic /)
  })
})

// Shows C20.
describe('Body formats of the first request', () => {
  const withFormat = (phase: object, options = {}) =>
    buildToken(
      aTokenMethod(
        'oauth2_client_credentials',
        { clientAuthentication: 'client_secret_post', ...options },
        { phases: [aPhase('exchange', { url: tokenUrl, httpMethod: 'POST', ...phase })] },
      ),
      client,
    )

  it('form, JSON, multipart and query', () => {
    expect(headerOfRequest(withFormat({}), 'Content-Type')).toBe('application/x-www-form-urlencoded')
    expect(JSON.parse(String(valueOf(withFormat({ bodyFormat: 'json' })).request.body))).toMatchObject({
      client_id: 'the-client',
    })
    expect(headerOfRequest(withFormat({ bodyFormat: 'multipart' }), 'Content-Type')).toMatch(/^multipart\/form-data/)
    expect(new URL(valueOf(withFormat({ bodyFormat: 'none' })).request.url).searchParams.get('client_secret')).toBe(
      's3cret',
    )
  })

  it('XML and raw, exactly as in the method: no fields are added', () => {
    expect(valueOf(withFormat({ bodyFormat: 'xml', body: '<id>{{ client_id }}</id>' })).request.body).toBe(
      '<id>the-client</id>',
    )
    expect(valueOf(withFormat({ bodyFormat: 'raw', body: '{{ client_id }}|{{ client_secret }}' })).request.body).toBe(
      'the-client|s3cret',
    )
  })
})

describe('Installing an app without a code: a JWT requests the token', () => {
  const options = {
    clientAuthentication: 'nothing',
    parameterNames: [
      ...['client_id', 'redirect_uri', 'response_type', 'scope'].map((standard) => ({ standard, sent: '' })),
      { standard: 'code', sent: 'installation_id' },
    ],
    jwt: {
      algorithm: 'ES256',
      key: '{{ private_key }}',
      lifetime: '600',
      claims: [{ name: 'iss', value: '{{ app_id }}', kind: 'text' }],
    },
    refreshBy: 'exchange',
    keptFromCallback: [{ variable: 'installation_id', parameter: 'installation_id' }],
  }
  const phases = [
    aPhase('authorise', { url: 'https://git.acme.test/apps/{{ app }}/installations/new' }),
    aPhase('exchange', {
      url: '/app/installations/{{ installation_id }}/access_tokens',
      httpMethod: 'POST',
      bodyFormat: 'json',
      body: '{}',
    }),
  ]
  const base = anOAuthMethod(options, {
    phases,
    parameters: [aParameter('Authorization', 'Bearer {{ signed_jwt }}', { place: 'header', phases: ['exchange'] })],
  })
  const own = ['app', 'app_id', 'installation_id'].map((key) => aVariable(key, { level: 'method' }))
  const method = {
    ...base,
    variables: [...base.variables, ...own, aVariable('private_key', { level: 'method', secret: true })],
  }
  const values = { app: 'ours', app_id: '7', installation_id: '42', private_key: pemOf(es256.key) }

  it.each([
    { kind: 'code', code: '42', redirectUri: 'https://patchbay.test/', codeVerifier: null },
    { kind: 'exchange' },
  ] as const)('with the grant %j', (grant) => {
    const built = buildToken(method, values, { grant })
    expect(valueOf(built).request).toMatchObject({
      url: 'https://api.acme.test/v1/app/installations/42/access_tokens',
      body: '{}',
    })
    expect(decodeJwt((headerOfRequest(built, 'Authorization') ?? '').slice(7))).toMatchObject({ iss: '7' })
  })
})
