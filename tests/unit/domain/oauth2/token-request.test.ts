import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import { buildTokenRequest, type TokenRequestInput } from '@/lib/domain/oauth2/token-request'
import { SecretBook } from '@/lib/domain/secret-book'
import {
  aConnector,
  anOAuthMethod,
  aParameter,
  aPhase,
  codeOf,
  hostileValues,
  methodValues,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'

const redirectUri = 'https://patchbay.test/oauth/authenticate'
const codeGrant = { kind: 'code', code: 'SplxlOBeZQQYbYS6WxSbIA', redirectUri, codeVerifier: 'verifier' } as const

function build(given: Partial<TokenRequestInput> = {}, values: Record<string, string> = {}) {
  return buildTokenRequest({
    connector: aConnector(),
    method: anOAuthMethod(),
    values: { instance: methodValues({ client_id: 's6BhdRkqt3', client_secret: '7Fjfp0ZBr1KtDRbnfVdmIw', ...values }) },
    grant: codeGrant,
    context: { signer, reserved: { now: '2026-01-01T00:00:00Z', uuid: 'request-1' } },
    confirmedOrigins: originsUnchecked,
    ...given,
  })
}

const form = (given?: Partial<TokenRequestInput>, values?: Record<string, string>) =>
  Object.fromEntries(new URLSearchParams(String(valueOf(build(given, values)).request.body)))
const header = (name: string, ...given: Parameters<typeof build>) =>
  valueOf(build(...given)).request.headers.find(([key]) => key === name)?.[1]

describe('Exchanging a code (RFC 6749 §4.1.3)', () => {
  it('posts grant type, code, redirect URI and verifier as a form', () => {
    const { request } = valueOf(build())
    expect([request.method, request.url]).toEqual(['POST', 'https://login.acme.test/token'])
    expect(header('Content-Type')).toBe('application/x-www-form-urlencoded')
    expect(form()).toEqual({
      grant_type: 'authorization_code',
      code: 'SplxlOBeZQQYbYS6WxSbIA',
      redirect_uri: redirectUri,
      code_verifier: 'verifier',
    })
  })

  it('posts them as JSON if the method says so', () => {
    const { request } = valueOf(build({ method: anOAuthMethod({ requestEncoding: 'json' }) }))
    expect(JSON.parse(String(request.body))).toMatchObject({
      grant_type: 'authorization_code',
      code_verifier: 'verifier',
    })
    expect(header('Content-Type', { method: anOAuthMethod({ requestEncoding: 'json' }) })).toBe('application/json')
  })

  it('has no verifier if PKCE is off', () => {
    expect(form({ grant: { ...codeGrant, codeVerifier: null } })).not.toHaveProperty('code_verifier')
  })

  it('sends the fields in the query of a GET request', () => {
    const method = anOAuthMethod(
      { clientAuthentication: 'client_secret_post' },
      { phases: [aPhase('exchange', { url: 'https://login.acme.test/token', httpMethod: 'GET' })] },
    )
    const { request, credentialNames } = valueOf(build({ method }))
    expect(request.body).toBeNull()
    expect(new URL(request.url).searchParams.get('client_secret')).toBe('7Fjfp0ZBr1KtDRbnfVdmIw')
    expect(credentialNames.queryKeys).toContain('client_secret')
  })

  it('sends the method’s own body, with the code as a variable', () => {
    const phases = [
      aPhase('exchange', {
        url: 'https://login.acme.test/token',
        bodyFormat: 'json',
        body: '{"authCode": "{{ oauth_authorised_code }}", "app": "{{ client_id }}"}',
      }),
    ]
    const { request } = valueOf(build({ method: anOAuthMethod({}, { phases }) }))
    expect(JSON.parse(String(request.body))).toEqual({ authCode: 'SplxlOBeZQQYbYS6WxSbIA', app: 's6BhdRkqt3' })
  })

  // Shows C21.
  it('sends only the extra parameters of the exchange', () => {
    const parameters = [
      aParameter('audience', 'api', { place: 'body', phases: ['exchange'] }),
      aParameter('X-Version', '2', { place: 'header', phases: ['exchange', 'refresh'] }),
      aParameter('only', 'x', { place: 'body', phases: ['refresh'] }),
    ]
    const method = anOAuthMethod({}, { parameters })
    expect(form({ method })).toMatchObject({ audience: 'api' })
    expect(form({ method })).not.toHaveProperty('only')
    expect(header('X-Version', { method })).toBe('2')
  })

  it('replaces a standard parameter by one of the method, without duplicates', () => {
    const parameters = [aParameter('grant_type', 'urn:own', { place: 'body', phases: ['exchange'] })]
    expect(
      new URLSearchParams(String(valueOf(build({ method: anOAuthMethod({}, { parameters }) })).request.body)).getAll(
        'grant_type',
      ),
    ).toEqual(['urn:own'])
  })

  it('accepts JSON unless the method has another Accept header', () => {
    expect(header('Accept')).toBe('application/json')
    const parameters = [aParameter('accept', 'text/plain', { place: 'header', phases: ['exchange'] })]
    expect(header('accept', { method: anOAuthMethod({}, { parameters }) })).toBe('text/plain')
  })

  it.each(hostileValues)('a code adds no parameter: %j', (code) => {
    expect(Object.keys(form({ grant: { ...codeGrant, code } }))).toEqual([
      'grant_type',
      'code',
      'redirect_uri',
      'code_verifier',
    ])
    expect(form({ grant: { ...codeGrant, code } }).code).toBe(code)
  })
})

describe('Client authentication (RFC 6749 §2.3.1)', () => {
  it('basic: the example of the specification', () => {
    expect(header('Authorization')).toBe('Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3')
    expect(form()).not.toHaveProperty('client_secret')
  })

  it('basic: ID and secret are form-encoded before they are joined', () => {
    const value = header('Authorization', {}, { client_id: 'a:b c', client_secret: 'ü/+%' })
    expect(atob(value?.slice('Basic '.length) ?? '')).toBe('a%3Ab+c:%C3%BC%2F%2B%25')
  })

  it('post: in the body', () => {
    const method = anOAuthMethod({ clientAuthentication: 'client_secret_post' })
    expect(form({ method })).toMatchObject({ client_id: 's6BhdRkqt3', client_secret: '7Fjfp0ZBr1KtDRbnfVdmIw' })
    expect(header('Authorization', { method })).toBeUndefined()
  })

  it('none: a public client sends its ID and no secret', () => {
    const method = anOAuthMethod({ clientAuthentication: 'none' })
    expect(form({ method }, { client_secret: '' })).toMatchObject({ client_id: 's6BhdRkqt3' })
    expect(JSON.stringify(valueOf(build({ method })).request)).not.toContain('7Fjfp0ZBr1KtDRbnfVdmIw')
  })

  it('can differ for one phase', () => {
    const phases = [
      aPhase('exchange', { url: 'https://login.acme.test/token', clientAuthentication: 'client_secret_post' }),
    ]
    expect(form({ method: anOAuthMethod({}, { phases }) })).toHaveProperty('client_secret')
    expect(
      codeOf(
        build({
          method: anOAuthMethod(
            {},
            { phases: [aPhase('exchange', { url: 'https://a.test', clientAuthentication: 'x' })] },
          ),
        }),
      ),
    ).toBe('invalid_input')
  })

  it('is an error without client ID or secret, and nothing is sent', () => {
    expect(refusalOf(build({}, { client_secret: '' })).message).toContain('Client secret')
    expect(refusalOf(build({}, { client_id: '' })).message).toContain('Client ID')
  })
})

describe('Refreshing (RFC 6749 §6)', () => {
  const grant = { kind: 'refresh', refreshToken: 'tGzv3JOkF0XG5Qx2TlKWIA' } as const

  it('posts grant type and refresh token to the token URL', () => {
    expect(valueOf(build({ grant })).request.url).toBe('https://login.acme.test/token')
    expect(form({ grant })).toEqual({ grant_type: 'refresh_token', refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA' })
  })

  // Shows C18.
  it('uses the re-authenticate URL if there is one, and inherits other settings from the exchange', () => {
    const phases = [
      aPhase('exchange', {
        url: 'https://login.acme.test/token',
        httpMethod: 'PUT',
        bodyFormat: 'json',
        body: '{"code": "{{ oauth_authorised_code }}"}',
      }),
      aPhase('refresh', { url: 'https://login.acme.test/refresh' }),
    ]
    const { request } = valueOf(build({ grant, method: anOAuthMethod({}, { phases }) }))
    expect([request.method, request.url]).toEqual(['PUT', 'https://login.acme.test/refresh'])
    expect(JSON.parse(String(request.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA',
    })
  })

  it('has the grant type of the variable', () => {
    expect(form({ grant }, { refresh_grant_type: 'own' }).grant_type).toBe('own')
  })
})

describe('The secrets of a token request', () => {
  it('are the client secret, code, verifier, refresh token and everything derived from them', () => {
    expect(valueOf(build()).secrets.texts()).toEqual(
      expect.arrayContaining([
        '7Fjfp0ZBr1KtDRbnfVdmIw',
        'czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3',
        'SplxlOBeZQQYbYS6WxSbIA',
        'verifier',
      ]),
    )
    expect(valueOf(build({ grant: { kind: 'refresh', refreshToken: 'rt-1' } })).secrets.texts()).toContain('rt-1')
    expect(valueOf(build()).credentialNames.headers).toContain('Authorization')
  })

  it('are added to the secrets of earlier requests in the exchange', () => {
    const secrets = SecretBook.of('earlier-secret')
    const built = valueOf(build({ context: { secrets } }))
    expect(built.secrets).toBe(secrets)
    expect(secrets.texts()).toEqual(expect.arrayContaining(['earlier-secret', 'SplxlOBeZQQYbYS6WxSbIA']))
  })
})

describe('The URL of a token request', () => {
  it('must be set, and its host must be confirmed (DATA §6)', () => {
    expect(codeOf(build({ method: anOAuthMethod({}, { phases: [] }) }))).toBe('invalid_url')
    expect(codeOf(build({ confirmedOrigins: [] }))).toBe('origin_not_confirmed')
  })
})
