import { decodeJwt, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type { ClientAuthentication } from '@/lib/domain/method-options/option-choices'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import { aParameter, aPhase, aVariable, codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'
import { es256, pemOf, publicKeyOf } from '@/tests/support/jwt-vectors'
import { aTokenMethod, buildToken, formOfRequest, headerOfRequest, requestMoment } from '@/tests/support/oauth-builders'

const values = { client_id: 'a:client', client_secret: 's3cret &', private_key: pemOf(es256.key) }
const key = aVariable('private_key', { level: 'method', secret: true, inputKind: 'multiline' })

function methodWith(
  clientAuthentication: string,
  options: object = {},
  given: Parameters<typeof aTokenMethod>[2] = {},
) {
  const method = aTokenMethod('oauth2_client_credentials', { clientAuthentication, ...options }, given)
  return { ...method, variables: [...method.variables, key] }
}

const es = {
  jwt: {
    algorithm: 'ES256',
    key: '{{ private_key }}',
    keyEncoding: 'pem',
    lifetime: '60',
    header: [{ name: 'kid', value: 'key-1' }],
    claims: [],
  },
}
const build = (...given: Parameters<typeof methodWith>) => buildToken(methodWith(...given), values)

describe('Client authentication with missing values', () => {
  it.each(Object.keys(clientAuthentications).filter((kind) => kind !== 'nothing'))('%s needs a client ID', (kind) => {
    const refusal = refusalOf(buildToken(methodWith(kind, es), { ...values, client_id: '' }))
    expect(refusal.code).toBe('missing_value')
    expect(refusal.message).toContain('client_id')
  })

  it.each(['client_secret_basic', 'client_secret_basic_raw', 'client_secret_post', 'client_secret_jwt'])(
    '%s needs a secret',
    (kind) => {
      expect(refusalOf(buildToken(methodWith(kind), { ...values, client_secret: '' })).message).toContain(
        'client_secret',
      )
    },
  )

  it('private_key_jwt needs a key', () => {
    expect(codeOf(buildToken(methodWith('private_key_jwt', es), { ...values, private_key: '' }))).toBe('missing_value')
  })

  it('a phase with an unknown kind is refused', () => {
    const phases = [aPhase('exchange', { url: 'https://login.acme.test/token', clientAuthentication: 'constructor' })]
    expect(codeOf(build('none', {}, { phases }))).toBe('invalid_input')
  })
})

describe('Client authentication (RFC 6749 §2.3.1)', () => {
  it('client_secret_basic form-encodes ID and secret before joining them', () => {
    const header = headerOfRequest(build('client_secret_basic'), 'Authorization')
    expect(header).toBe(`Basic ${Buffer.from('a%3Aclient:s3cret+%26').toString('base64')}`)
    expect(formOfRequest(build('client_secret_basic'))).not.toHaveProperty('client_id')
  })

  it('client_secret_basic_raw joins them without encoding', () => {
    expect(headerOfRequest(build('client_secret_basic_raw'), 'Authorization')).toBe(
      `Basic ${Buffer.from('a:client:s3cret &').toString('base64')}`,
    )
  })

  it('client_secret_post sends both in the body', () => {
    expect(formOfRequest(build('client_secret_post'))).toMatchObject({
      client_id: 'a:client',
      client_secret: 's3cret &',
    })
    expect(headerOfRequest(build('client_secret_post'), 'Authorization')).toBeUndefined()
  })

  it('none sends only the client ID, and needs no secret', () => {
    const built = buildToken(methodWith('none'), { ...values, client_secret: '' })
    expect(formOfRequest(built)).toMatchObject({ client_id: 'a:client' })
    expect(formOfRequest(built)).not.toHaveProperty('client_secret')
  })

  it('nothing sends nothing, and needs neither', () => {
    const built = buildToken(methodWith('nothing'), {})
    expect(formOfRequest(built)).toEqual({ grant_type: 'client_credentials' })
    expect(headerOfRequest(built, 'Authorization')).toBeUndefined()
  })

  it('a header of the method replaces the client’s header, for example with only the secret', () => {
    const parameters = [
      aParameter('authorization', 'Basic {{ client_secret | base64_encode }}', {
        place: 'header',
        phases: ['exchange'],
      }),
    ]
    const built = build('client_secret_basic', {}, { parameters })
    expect(headerOfRequest(built, 'Authorization')).toBe(`Basic ${Buffer.from('s3cret &').toString('base64')}`)
    expect(headerOfRequest(build('nothing', {}, { parameters }), 'Authorization')).toBe(
      `Basic ${Buffer.from('s3cret &').toString('base64')}`,
    )
  })

  it('every secret is redacted', () => {
    for (const kind of ['client_secret_basic', 'client_secret_post', 'client_secret_jwt'] as const) {
      const { request, secrets } = valueOf(build(kind))
      expect(secrets.texts()).toContain('s3cret &')
      const sent =
        kind === 'client_secret_basic'
          ? request.headers.find(([name]) => name === 'Authorization')?.[1].slice(6)
          : undefined
      if (sent) expect(secrets.texts()).toContain(sent)
    }
  })
})

describe('Client authentication with a JWT (RFC 7523 §2.2)', () => {
  it('private_key_jwt: issuer and subject are the client, the audience is the token URL', async () => {
    const form = formOfRequest(build('private_key_jwt', es))
    expect(form.client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    expect(form).not.toHaveProperty('client_secret')
    const { payload, protectedHeader } = await jwtVerify(form.client_assertion ?? '', publicKeyOf(es256.key), {
      ...{ algorithms: ['ES256'], issuer: 'a:client', subject: 'a:client', audience: 'https://login.acme.test/token' },
      currentDate: new Date(requestMoment),
    })
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'key-1' })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60)
    expect(payload.jti).toBe('request-1-client')
  })

  it('client_secret_jwt: signed with the secret, even if the method has a key for other JWTs', async () => {
    for (const options of [{}, es]) {
      const form = formOfRequest(build('client_secret_jwt', options))
      const secret = new TextEncoder().encode('s3cret &')
      await expect(
        jwtVerify(form.client_assertion ?? '', secret, { algorithms: ['HS256'], currentDate: new Date(requestMoment) }),
      ).resolves.toBeDefined()
      expect(form).not.toHaveProperty('client_secret')
    }
  })

  it('a claim of the method replaces the standard one, unless it is empty', () => {
    const claims = [
      { name: 'aud', value: 'https://issuer.test', kind: 'text' },
      { name: 'iss', value: '', kind: 'text' },
    ]
    const form = formOfRequest(build('private_key_jwt', { jwt: { ...es.jwt, claims } }))
    expect(decodeJwt(form.client_assertion ?? '')).toMatchObject({ aud: 'https://issuer.test', iss: 'a:client' })
  })

  it('the assertion is redacted', () => {
    const built = valueOf(build('private_key_jwt', es))
    expect(built.secrets.texts()).toContain(new URLSearchParams(String(built.request.body)).get('client_assertion'))
  })
})

// Shows C17.
describe('Each phase can have its own client authentication (DATA §4)', () => {
  const phases = (given: {
    exchange?: ClientAuthentication
    refresh?: ClientAuthentication
    revoke?: ClientAuthentication
  }) => [
    aPhase('exchange', { url: 'https://login.acme.test/token', clientAuthentication: given.exchange ?? null }),
    aPhase('refresh', { clientAuthentication: given.refresh ?? null }),
    aPhase('revoke', { url: 'https://login.acme.test/revoke', clientAuthentication: given.revoke ?? null }),
  ]
  const refresh = { grant: { kind: 'refresh', refreshToken: 'r' } } as const
  const revoke = { grant: { kind: 'revoke', accessToken: 'a', refreshToken: null } } as const

  it('refresh and revoke inherit it from the token request, which inherits it from the options', () => {
    const method = methodWith('none', {}, { phases: phases({ exchange: 'client_secret_post' }) })
    for (const given of [{}, refresh, revoke])
      expect(formOfRequest(buildToken(method, values, given))).toHaveProperty('client_secret')
  })

  it('refresh and revoke can override it', () => {
    const method = methodWith(
      'client_secret_post',
      {},
      { phases: phases({ refresh: 'none', revoke: 'client_secret_basic' }) },
    )
    expect(formOfRequest(buildToken(method, values))).toHaveProperty('client_secret')
    expect(formOfRequest(buildToken(method, values, refresh))).not.toHaveProperty('client_secret')
    expect(headerOfRequest(buildToken(method, values, revoke), 'Authorization')).toMatch(/^Basic /)
  })

  it('a secret that only one phase needs is still required', () => {
    const method = methodWith('none', {}, { phases: phases({ revoke: 'client_secret_post' }) })
    expect(formOfRequest(buildToken(method, values, revoke))).toHaveProperty('client_secret')
  })
})
