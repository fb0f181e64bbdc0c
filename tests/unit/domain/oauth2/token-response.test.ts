import { describe, expect, it } from 'vitest'
import type { TokenFailure } from '@/lib/domain/oauth2/token-failure'
import {
  signalsExpiredToken,
  judgeRefusedRefresh,
  needsRefresh,
  refreshMarginMs,
} from '@/lib/domain/oauth2/refresh-rule'
import { readStepResponse } from '@/lib/domain/oauth2/step-response'
import { readTokenResponse } from '@/lib/domain/oauth2/token-response'
import { SecretBook } from '@/lib/domain/secret-book'
import {
  aConnector,
  aMethod,
  aVariable,
  anOAuthMethod,
  aPhase,
  methodValues,
  refusalOf,
} from '@/tests/support/definition-builders'

const now = new Date('2026-01-01T00:00:00Z')

type Given = {
  status?: number
  type?: string
  headers?: [string, string][]
  phase?: 'exchange' | 'refresh'
  options?: object
  values?: Record<string, string>
  secrets?: string[]
}

function read(
  body: unknown,
  { status = 200, type = 'application/json', headers = [], phase, options, values = {}, secrets = [] }: Given = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = {
    status,
    headers: [['Content-Type', type], ...headers] as [string, string][],
    body: new TextEncoder().encode(text),
  }
  return readTokenResponse({
    connector: aConnector(),
    method: anOAuthMethod(options),
    values: { instance: methodValues(values) },
    responses: [response],
    phase,
    secrets: SecretBook.of(...secrets),
    now,
  })
}

function grantOf(...given: Parameters<typeof read>) {
  const grant = read(...given)
  if (!grant.ok) throw new Error(grant.error.message)
  return grant.value
}

// Shows C37.
describe('A token response (RFC 6749 §5.1)', () => {
  it('the example of the specification', () => {
    expect(
      grantOf({
        access_token: '2YotnFZFEjr1zCsicMWpAA',
        token_type: 'example',
        expires_in: 3600,
        refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA',
        scope: 'a b',
      }),
    ).toEqual({
      accessToken: '2YotnFZFEjr1zCsicMWpAA',
      refreshToken: 'tGzv3JOkF0XG5Qx2TlKWIA',
      tokenType: 'example',
      scope: 'a b',
      expiresAt: new Date('2026-01-01T01:00:00Z'),
      stored: [],
    })
  })

  it('can be form-encoded, also with another content type', () => {
    const body = 'access_token=abc&expires_in=60&scope=a+b&token_type=bearer'
    for (const type of ['application/x-www-form-urlencoded; charset=utf-8', 'text/plain', 'text/html']) {
      expect(grantOf(body, { type })).toMatchObject({
        accessToken: 'abc',
        scope: 'a b',
        expiresAt: new Date('2026-01-01T00:01:00Z'),
      })
    }
  })

  it('can be JSON with another content type', () => {
    expect(grantOf({ access_token: 'abc' }, { type: 'text/html' }).accessToken).toBe('abc')
  })

  it.each([
    [' abc\n', 'abc'],
    [12345, '12345'],
    ['Session abc', 'Session abc'],
    ['v^1.1#i^1', 'v^1.1#i^1'],
  ])('has a token that is %j', (token, expected) => {
    expect(grantOf({ access_token: token }).accessToken).toBe(expected)
  })

  it('can have its token in a header, a cookie or the URL of a redirect', () => {
    const at = (tokenPath: string, status: number, headers: [string, string][]) =>
      read('', { options: { tokenPath }, status, headers })
    expect(at('header:X-Subject-Token', 201, [['x-subject-token', 'abc']])).toMatchObject({
      value: { accessToken: 'abc' },
    })
    expect(at('cookie:sid', 302, [['Set-Cookie', 'sid=abc; HttpOnly']])).toMatchObject({
      value: { accessToken: 'abc' },
    })
    expect(at('url:token', 303, [['Location', '/?token=abc']])).toMatchObject({ value: { accessToken: 'abc' } })
    expect(refusalOf(at('cookie:sid', 302, [['Location', '/login?failed']])).code).toBe('no_token')
    expect(refusalOf(at('access_token', 302, [['Location', '/']])).code).toBe('could_not_tell')
  })

  it('without a refresh token does not replace the stored one', () => {
    expect(grantOf({ access_token: 'abc' }).refreshToken).toBeNull()
    expect(grantOf({ access_token: 'abc', refresh_token: '' }).refreshToken).toBeNull()
  })

  it('has its token at the key of the variable: first as a literal top-level name, then as a JSON path (DATA §4)', () => {
    const tokenAt = (key: string, body: object) =>
      grantOf(body, { values: { response_authentication_token_key: key } }).accessToken
    expect(tokenAt('data.token', { 'data.token': 'literal', data: { token: 'nested' } })).toBe('literal')
    expect(tokenAt('data.token', { data: { token: 'nested' } })).toBe('nested')
    expect(tokenAt('$.tokens[0].value', { tokens: [{ value: 'first' }] })).toBe('first')
    expect(tokenAt('authed_user', { authed_user: 'x' })).toBe('x')
  })

  it('has its refresh token at the key of the variable', () => {
    expect(
      grantOf({ access_token: 'a', r: { t: 'rt' } }, { values: { response_refresh_token_key: 'r.t' } }).refreshToken,
    ).toBe('rt')
  })

  it('returns the values that the method stores, as text', () => {
    const stored = grantOf(
      { access_token: 'a', instance_url: 'https://eu.acme.test', team: { id: 7, ok: true }, none: null },
      {
        options: {
          kept: [
            { variable: 'instance_url', path: '$.instance_url' },
            { variable: 'team_id', path: 'team.id' },
            { variable: '__proto__', path: 'team.ok' },
            { variable: 'missing', path: '$.none' },
          ],
        },
      },
    ).stored
    expect(stored.map(({ key, value }) => [key, value])).toEqual([
      ['instance_url', 'https://eu.acme.test'],
      ['team_id', '7'],
      ['__proto__', 'true'],
    ])
  })

  it('returns values that the exchange phase extracts for a variable', () => {
    const extract = [
      { variable: 'realm', path: 'realm', secret: false },
      { variable: 'nobody_has_this', path: 'realm', secret: false },
    ]
    const method = anOAuthMethod(
      {},
      {
        variables: [aVariable('realm', { secret: true })],
        phases: [aPhase('exchange', { url: 'https://a.test', extract })],
      },
    )
    const answer = { status: 200, headers: [], body: new TextEncoder().encode('{"access_token":"a","realm":"r"}') }
    const options = { ...method.options, tokenPath: 'access_token', refreshTokenPath: '' }
    const grant = readTokenResponse({
      connector: aConnector(),
      method: { ...method, options },
      values: {},
      responses: [answer],
      secrets: new SecretBook(),
      now,
    })
    expect(grant.ok && grant.value.stored).toEqual([{ key: 'realm', value: 'r', secret: true, expiresAt: null }])
  })
})

// Shows C38.
describe('The expiry of the token', () => {
  it.each([
    ['seconds', 90, '2026-01-01T00:01:30.000Z'],
    ['seconds', '90', '2026-01-01T00:01:30.000Z'],
    ['milliseconds', 1500, '2026-01-01T00:00:01.500Z'],
    ['epoch_seconds', 1767229200, '2026-01-01T01:00:00.000Z'],
    ['epoch_milliseconds', 1767229200000, '2026-01-01T01:00:00.000Z'],
    ['iso', '2026-01-01T02:00:00+01:00', '2026-01-01T01:00:00.000Z'],
  ])('in %s: %j is %s', (expiryUnit, value, expected) => {
    expect(
      grantOf({ access_token: 'a', expires_in: value }, { options: { expiryUnit } }).expiresAt?.toISOString(),
    ).toBe(expected)
  })

  it.each([undefined, null, '', 'soon', 0, -1, {}, true, 'NaN'])(
    'is the default lifetime, or unknown, if the response has %j',
    (value) => {
      expect(grantOf({ access_token: 'a', expires_in: value }).expiresAt).toBeNull()
      expect(
        grantOf({ access_token: 'a', expires_in: value }, { options: { defaultLifetimeSeconds: 60 } }).expiresAt,
      ).toEqual(new Date('2026-01-01T00:01:00Z'))
    },
  )

  it('is a date even for an extreme lifetime', () => {
    expect(grantOf('{"access_token":"a","expires_in":99999999999999999999}').expiresAt).toBeInstanceOf(Date)
  })

  it('is read from the path of the option', () => {
    expect(
      grantOf({ access_token: 'a', data: { ttl: 60 } }, { options: { expiryPath: '$.data.ttl' } }).expiresAt,
    ).toEqual(new Date('2026-01-01T00:01:00Z'))
  })
})

describe('An error response of the token endpoint (RFC 6749 §5.2)', () => {
  it('is quoted, with its error code and description', () => {
    const error = refusalOf(
      read({ error: 'invalid_grant', error_description: 'The code has expired.' }, { status: 400 }),
    )
    expect(error).toMatchObject({
      code: 'token_refused',
      status: 400,
      oauthError: 'invalid_grant',
      outcome: 'rejected',
    })
    expect(error.message).toBe(
      'Acme refused the token request (400 Bad Request): “invalid_grant: The code has expired.”',
    )
  })

  it.each([
    ['120', 'It asks to wait 2 minutes (Retry-After).'],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 'It asks to wait until Wed, 21 Oct 2026 07:28:00 GMT (Retry-After).'],
  ])('shows how long to wait before the next attempt: %s', (after, wait) => {
    const error = refusalOf(read({ message: 'Slow down' }, { status: 429, headers: [['Retry-After', after]] }))
    expect(error.message).toBe(`Acme returned 429 Too Many Requests to the token request: “Slow down.” ${wait}`)
  })

  it('has no waiting time in its message if the header is missing or invalid', () => {
    for (const headers of [[], [['Retry-After', 'soon <b>']]] as [string, string][][])
      expect(refusalOf(read('', { status: 503, headers })).message).toBe(
        'Acme returned 503 Service Unavailable to the token request.',
      )
  })

  it('our own sentence about its response is never redacted', () => {
    const error = refusalOf(read({ token_type: 'response' }, { secrets: ['response', 'token'] }))
    expect(error.message).toMatch(/^The token response of Acme has no token at access_token/)
  })

  it('means a rejection also with status 200', () => {
    expect(refusalOf(read({ error: 'bad_verification_code', error_description: 'wrong' }))).toMatchObject({
      code: 'token_refused',
      oauthError: 'bad_verification_code',
      outcome: 'rejected',
    })
  })

  it.each([
    [500, { error: 'server_error' }],
    [503, 'down'],
    [429, { error: 'slow_down' }],
    [404, 'not found'],
    [400, { message: 'no OAuth error' }],
    [302, ''],
    [400, { error: 'temporarily_unavailable' }],
  ])('is inconclusive about the credentials with status %d and %j', (status, body) => {
    expect(refusalOf(read(body, { status }))).toMatchObject({ code: 'could_not_tell', outcome: 'could_not_tell' })
  })

  it('is quoted without secrets', () => {
    const error = refusalOf(
      read(
        { error: 'invalid_client', error_description: 'The secret hunter22 is wrong' },
        { status: 401, secrets: ['hunter22'] },
      ),
    )
    expect(error.message).not.toContain('hunter22')
    expect(error.message).toContain('is wrong')
  })

  it.each([
    [{}, 'has no token at access_token'],
    [{ token: 'x' }, 'has no token'],
    [{ access_token: '' }, 'has no token'],
    [{ access_token: null }, 'has no token'],
    [{ access_token: {} }, 'a value at access_token that is not a token'],
    [{ access_token: 'a\r\nb' }, 'that is not a token'],
    [{ access_token: '<html>' }, 'that is not a token'],
    [{ access_token: 'You are signed in now.' }, 'that is not a token'],
    [{ access_token: true }, 'that is not a token'],
    [{ access_token: ['a'] }, 'that is not a token'],
    [{ access_token: 'a'.repeat(40_000) }, 'that is not a token'],
    [{ accessToken: 'x', data: { token: 'y' } }, 'It has: accessToken, data, data.token.'],
  ])('with %j has no token at the configured key', (body, message) => {
    const error = refusalOf(read(body))
    expect(error.code).toBe('no_token')
    expect(error.message).toContain(message)
  })

  it.each(['<html>', ''])('with %j cannot be read', (body) => {
    expect(refusalOf(read(body))).toMatchObject({
      code: 'invalid_answer',
      message: expect.stringContaining('neither JSON nor a form nor XML'),
    })
  })

  // Shows D30.
  it('never quotes a value of a response without a token', () => {
    const secret = 'dG9rZW4tdmFsdWU9'
    const answers = [
      { token: secret },
      { message: secret },
      { data: { access: secret } },
      secret,
      `"${secret}"`,
      `token=${secret}`,
      `<t>${secret}</t>`,
      [secret],
      { [`${secret}1234567`]: 1 },
    ]
    for (const body of [...answers, { code: 200, message: secret }]) {
      expect(JSON.stringify(refusalOf(read(body)))).not.toContain('dG9rZW4')
      const phases = [aPhase('exchange', { url: 'https://a.test', successRule: { statuses: [201] } })]
      const answer = {
        status: 200,
        headers: [],
        body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
      }
      const refused = readTokenResponse({
        connector: aConnector(),
        method: anOAuthMethod({}, { phases }),
        values: {},
        responses: [answer],
        secrets: new SecretBook(),
        now,
      })
      expect(JSON.stringify(refusalOf(refused))).not.toContain('dG9rZW4')
    }
  })

  it('never quotes a path that contains a secret', () => {
    const values = { client_secret: 'planted-secret' }
    for (const tokenPath of ['{{ client_secret | hex_encode }}', '{{ client_secret | slice: 0, 3 }}']) {
      const refusal = refusalOf(read({}, { options: { tokenPath }, values, secrets: ['planted-secret'] }))
      expect(refusal.code).toBe('invalid_value')
      expect(refusal.message).not.toMatch(/706c616e|pla/)
    }
  })

  // Shows D34.
  it('stores a value that contains a token or a secret as a secret, even if the method does not say so', () => {
    const kept = ['access_token', 'refresh_token', 'echo', 'region', 'text:'].map((path) => ({
      variable: path.replace(':', ''),
      path,
      secret: false,
      expiryPath: '',
    }))
    const answer = { access_token: 'token-a', refresh_token: 'token-r', echo: 'you said planted-secret', region: 'eu' }
    const grant = grantOf(answer, { options: { kept }, values: { client_secret: 'planted-secret' } })
    expect(Object.fromEntries(grant.stored.map(({ key, secret }) => [key, secret]))).toEqual({
      access_token: true,
      refresh_token: true,
      echo: true,
      region: false,
      text: true,
    })
  })

  // Shows D30.
  it('of ten megabytes is refused', () => {
    expect(refusalOf(read({ filler: 'x'.repeat(10_000_000) })).code).toBe('no_token')
    expect(refusalOf(read({ access_token: 'x'.repeat(10_000_000) })).code).toBe('no_token')
    expect(refusalOf(read('x'.repeat(10_000_000))).code).toBe('invalid_answer')
    expect(refusalOf(read(`<t>${'x'.repeat(10_000_000)}</t>`)).code).toBe('invalid_answer')
  })

  it('never has its token in a prototype', () => {
    expect(refusalOf(read({}, { values: { response_authentication_token_key: 'constructor' } })).code).toBe('no_token')
  })
})

// Shows C39.
describe('Refreshing ahead of expiry', () => {
  const token = (lifetimeSeconds: number) => ({
    obtainedAt: now,
    expiresAt: new Date(now.getTime() + lifetimeSeconds * 1000),
  })
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)

  it('starts a minute before the expiry', () => {
    expect(needsRefresh(token(3600), after(3539))).toBe(false)
    expect(needsRefresh(token(3600), after(3540))).toBe(true)
    expect(needsRefresh(token(3600), after(9999))).toBe(true)
  })

  it('starts later for a short-lived token: a tenth of its lifetime before the expiry', () => {
    expect(refreshMarginMs(token(10))).toBe(1_000)
    expect(needsRefresh(token(10), after(8.9))).toBe(false)
    expect(needsRefresh(token(10), after(9))).toBe(true)
  })

  it('never starts for a token with unknown expiry', () => {
    expect(needsRefresh({ obtainedAt: now, expiresAt: null }, after(1e9))).toBe(false)
  })

  it('starts when the method says, but never before half of the lifetime', () => {
    expect(needsRefresh(token(3600), after(2999), 600)).toBe(false)
    expect(needsRefresh(token(3600), after(3000), 600)).toBe(true)
    expect(needsRefresh(token(100), after(49), 600)).toBe(false)
    expect(needsRefresh(token(100), after(50), 600)).toBe(true)
  })
})

// Shows C41.
describe('A response that means that the token has expired', () => {
  const answer = (status: number, body: unknown = '', headers: [string, string][] = []) => ({
    ...{ status, headers },
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  })

  it('has one of the method’s statuses, by default 401', () => {
    expect([401, 403, 400].map((status) => signalsExpiredToken(anOAuthMethod(), answer(status)))).toEqual([
      true,
      false,
      false,
    ])
    expect(signalsExpiredToken(anOAuthMethod({ expiredStatuses: [400, 403] }), answer(403))).toBe(true)
    expect(signalsExpiredToken(anOAuthMethod({ expiredStatuses: [] }), answer(401))).toBe(false)
  })

  it('does not exist for types that obtain no token', () => {
    for (const type of ['token', 'basic', 'digest', 'none', 'oauth1'] as const)
      expect(signalsExpiredToken(aMethod(type), answer(401))).toBe(false)
    for (const type of ['oauth2_client_credentials', 'token_exchange', 'signed_jwt', 'request_signature'] as const) {
      expect(signalsExpiredToken(aMethod(type), answer(401))).toBe(true)
    }
  })

  it('can be recognised by a header, ignoring case', () => {
    const method = anOAuthMethod({
      expiredStatuses: [],
      expiredHeader: { name: 'www-authenticate', contains: 'Invalid_Token' },
    })
    expect(signalsExpiredToken(method, answer(403, '', [['WWW-Authenticate', 'Bearer error="invalid_token"']]))).toBe(
      true,
    )
    expect(signalsExpiredToken(method, answer(403, '', [['WWW-Authenticate', 'Basic']]))).toBe(false)
    expect(signalsExpiredToken(method, answer(403))).toBe(false)
    expect(
      signalsExpiredToken(
        anOAuthMethod({ expiredStatuses: [], expiredHeader: { name: 'X-Expired', contains: '' } }),
        answer(200, '', [['x-expired', '']]),
      ),
    ).toBe(true)
  })

  it('can be recognised by its body, also with status 200', () => {
    const method = anOAuthMethod({ expiredBody: { path: '$.error.code', value: '42001' } })
    expect(signalsExpiredToken(method, answer(200, { error: { code: 42001 } }))).toBe(true)
    expect(signalsExpiredToken(method, answer(200, { error: { code: 42002 } }))).toBe(false)
    expect(signalsExpiredToken(method, answer(200, { items: [] }))).toBe(false)
    expect(
      signalsExpiredToken(
        anOAuthMethod({ expiredBody: { path: 'errors.session', value: '' } }),
        answer(200, { errors: { session: 'over' } }),
      ),
    ).toBe(true)
    expect(
      signalsExpiredToken(
        anOAuthMethod({ expiredBody: { path: '$.Fault.faultcode', value: 'INVALID_SESSION' } }),
        answer(500, '<s:Fault><faultcode>INVALID_SESSION</faultcode></s:Fault>'),
      ),
    ).toBe(true)
  })

  it('is not recognised by a body of megabytes', () => {
    const data = answer(200, { x: 'y'.repeat(10_000_000) })
    expect(signalsExpiredToken(anOAuthMethod({ expiredBody: { path: 'x', value: '' } }), data)).toBe(false)
  })
})

// Shows C43.
describe('A grant that is no longer valid', () => {
  const isDead = (options: object, error: TokenFailure) =>
    judgeRefusedRefresh(anOAuthMethod(options), error) === 'grant_dead'

  it.each([
    [{ error: 'invalid_grant' }, true],
    [{ error: 'invalid_token' }, true],
    [{ error: 'bad_refresh_token' }, true],
    [{ error: 'invalid_client' }, false],
    [{ error: { code: 'invalid_grant' } }, true],
    [{ message: 'invalid_grant' }, true],
    [{ message: 'no invalid_grant' }, false],
  ])('%j: %s', (body, dead) => {
    expect(isDead({}, refusalOf(read(body, { status: 400 })))).toBe(dead)
  })

  it('can be recognised by the method’s own error codes', () => {
    const error = refusalOf(read({ errcode: 40030, errmsg: 'invalid refresh_token' }))
    expect(isDead({}, error)).toBe(false)
    expect(isDead({ deadGrantErrors: ['40030'] }, error)).toBe(true)
    expect(isDead({ deadGrantErrors: [] }, refusalOf(read({ error: 'invalid_grant' }, { status: 400 })))).toBe(false)
  })
})

describe('A refresh whose response has no token', () => {
  const extend = { refreshWithoutToken: true, defaultLifetimeSeconds: 60 }

  it('is refused, unless the method says that the refresh extends the token', () => {
    expect(refusalOf(read({ ok: true }, { phase: 'refresh' })).code).toBe('no_token')
    expect(refusalOf(read({ ok: true }, { options: extend })).code).toBe('no_token')
    expect(refusalOf(read({ error: 'invalid_session' }, { phase: 'refresh', options: extend })).code).toBe(
      'token_refused',
    )
    expect(refusalOf(read({}, { phase: 'refresh', options: extend, status: 500 })).code).toBe('could_not_tell')
  })

  it('extends the token by the lifetime in the response or the method', () => {
    expect(grantOf('', { phase: 'refresh', options: extend, status: 204 })).toMatchObject({
      accessToken: null,
      refreshToken: null,
      expiresAt: new Date('2026-01-01T00:01:00Z'),
    })
    expect(grantOf({ expires_in: 90 }, { phase: 'refresh', options: extend })).toMatchObject({
      accessToken: null,
      expiresAt: new Date('2026-01-01T00:01:30Z'),
    })
    expect(grantOf({ access_token: 'new' }, { phase: 'refresh', options: extend }).accessToken).toBe('new')
  })
})

// Shows C44.
describe('Several tokens in one response', () => {
  it('each have their own expiry, and the grant expires with the first', () => {
    const kept = [
      { variable: 'page_token', path: 'page.token', secret: true, expiryPath: 'page.ttl' },
      { variable: 'other_token', path: 'other', secret: true, expiryPath: '' },
      { variable: 'broken', path: 'page.token', secret: false, expiryPath: 'missing' },
    ]
    const grant = grantOf(
      { access_token: 'a', expires_in: 3600, page: { token: 'p', ttl: 60 }, other: 'o' },
      { options: { kept } },
    )
    expect(grant.expiresAt).toEqual(new Date('2026-01-01T00:01:00Z'))
    expect(grant.stored).toEqual([
      { key: 'page_token', value: 'p', secret: true, expiresAt: new Date('2026-01-01T00:01:00Z') },
      { key: 'other_token', value: 'o', secret: true, expiresAt: null },
      { key: 'broken', value: 'p', secret: false, expiresAt: null },
    ])
  })

  it('may be long if they are secret; other values may not', () => {
    const kept = ['open', 'hidden'].map((variable) => ({
      variable,
      path: 'long',
      secret: variable === 'hidden',
      expiryPath: '',
    }))
    expect(
      grantOf({ access_token: 'a', long: 'x'.repeat(20_000) }, { options: { kept } }).stored.map(({ key }) => key),
    ).toEqual(['hidden'])
  })
})

describe('Token requests in steps', () => {
  const response = (body: unknown, status = 200) => ({
    status,
    headers: [] as [string, string][],
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  })
  const method = (given: object[], options: object = {}, variables = [aVariable('shard')]) =>
    aMethod('token_exchange', {
      options: { tokenPath: 'token', ...options },
      variables,
      phases: [
        ...given.map((row, step) => aPhase('exchange', { step, url: 'https://login.acme.test', ...row })),
        aPhase('refresh'),
      ],
    })
  const extract = [
    { variable: 'ticket', path: '$.ticket', secret: true },
    { variable: 'shard', path: '$.shard', secret: false },
  ]
  const step = (rows: object[], ...bodies: [unknown, number?][]) =>
    readStepResponse({
      connector: aConnector(),
      method: method(rows),
      values: {},
      responses: bodies.map((body) => response(...body)),
      secrets: SecretBook.of('hunter22'),
    })

  it.each<[object, unknown, number, object]>([
    [{}, { error: 'bad hunter22' }, 200, { code: 'token_refused', outcome: 'rejected' }],
    [
      { successRule: { rejectedPath: '$.error' } },
      { error: 'bad' },
      200,
      { code: 'token_refused', outcome: 'rejected' },
    ],
    [{ successRule: { statuses: [201] } }, { ticket: 't', shard: 's' }, 200, { code: 'could_not_tell' }],
    [
      { successRule: { jsonPath: '$.ok' } },
      { ticket: 't', shard: 's' },
      200,
      { code: 'no_token', message: expect.stringContaining('no value at $.ok') },
    ],
    [{ successRule: { rejectedStatuses: [418] } }, '', 418, { code: 'token_refused', outcome: 'rejected' }],
    [
      {},
      { message: 'wrong password' },
      401,
      {
        code: 'token_refused',
        outcome: 'rejected',
        message: 'Acme refused the token request (401 Unauthorized): “wrong password.”',
      },
    ],
    [{}, 'down', 503, { code: 'could_not_tell' }],
    [
      {},
      { ticket: 't' },
      200,
      {
        code: 'no_token',
        message: 'The token response of Acme has no value at $.shard, which is needed for shard. It has: ticket.',
      },
    ],
  ])('%j: %j with status %d is refused', (row, body, status, expected) => {
    const refused = refusalOf(step([{ extract, ...row }, {}], [body, status]))
    expect(refused).toMatchObject(expected)
    expect(refused.message).not.toContain('hunter22')
  })

  // Shows C19.
  it('the values that a step extracts are available to later steps', () => {
    expect(step([{ extract }, {}], [{ ticket: 't', shard: 7 }])).toEqual({
      ok: true,
      value: [
        ['ticket', 't'],
        ['shard', '7'],
      ],
    })
    expect(step([{}, {}], [{}])).toEqual({ ok: true, value: [] })
  })

  // Shows C22.
  it('each step is judged by its own rule, and can use values of earlier steps', () => {
    const rows = [
      { extract: null, successRule: { statuses: [204] } },
      { extract: [{ variable: 'first', path: 'step1:ticket', secret: false }] },
      {},
    ]
    expect(step(rows, [{ ticket: 't' }], [{}])).toEqual({ ok: true, value: [['first', 't']] })
  })

  it('the token is read from the last response or the configured one; values of variables are stored', () => {
    const responses = [response({ token: 'one', ticket: 't', shard: 'eu' }), response({ token: 'two' })]
    const readAll = (options: object) =>
      readTokenResponse({
        connector: aConnector(),
        method: method([{ extract }, {}], options),
        values: {},
        responses,
        secrets: new SecretBook(),
        now,
      })
    expect(readAll({})).toMatchObject({
      value: { accessToken: 'two', stored: [{ key: 'shard', value: 'eu', secret: false, expiresAt: null }] },
    })
    expect(readAll({ tokenPath: 'step1:token' })).toMatchObject({ value: { accessToken: 'one' } })
  })

  it('a refresh is judged by the rule of the first token request, unless it has its own', () => {
    const refresh = (rule: object | null) => {
      const given = method([{ successRule: { rejectedPath: '$.errcode' } }])
      const phases = given.phases.map((row) => (row.kind === 'refresh' ? { ...row, successRule: rule } : row))
      return readTokenResponse({
        connector: aConnector(),
        method: { ...given, phases },
        values: {},
        phase: 'refresh',
        responses: [response({ errcode: 1, token: 'a' })],
        secrets: new SecretBook(),
        now,
      })
    }
    expect(refusalOf(refresh(null)).code).toBe('token_refused')
    expect(refresh({ rejectedPath: '$.never' }).ok).toBe(true)
  })
})
