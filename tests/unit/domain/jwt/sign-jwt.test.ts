import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import type { JwtOptions } from '@/lib/domain/method-options/options-schema'
import { signJwt } from '@/lib/domain/jwt/sign-jwt'
import { aScope, codeOf, hostileValues, refusalOf, valueOf } from '@/tests/support/definition-builders'
import { es256, pemOf, publicKeyOf } from '@/tests/support/jwt-vectors'

const now = '2026-01-01T00:00:00.900Z'
const reserved = { now, uuid: 'b5a5e3c0-0000-4000-8000-000000000001' }
const seconds = Date.parse('2026-01-01T00:00:00Z') / 1000

const scopeValues = {
  key: { value: pemOf(es256.key), secrecy: 'whole' as const },
  client: 'the-client',
  tenant: '',
  absent: '',
}

function sign(
  given: Partial<JwtOptions> = {},
  values: Parameters<typeof aScope>[0] = {},
  standard?: [string, string][],
) {
  const jwt: JwtOptions = {
    algorithm: 'ES256',
    key: '{{ key }}',
    keyEncoding: 'pem',
    lifetime: '300',
    header: [],
    claims: [],
    ...given,
  }
  return signJwt({ jwt, scope: aScope({ ...scopeValues, ...values }), context: { reserved, signer }, standard })
}

const payloadOf = (...given: Parameters<typeof sign>) => decodeJwt(valueOf(sign(...given)))
const claim = (name: string, value: string, kind: 'text' | 'number' | 'json' | 'list' = 'text') => ({
  name,
  value,
  kind,
})

describe('Refused:', () => {
  it.each(['none', 'HS256', 'MD5', '', '{{ absent }}'])('the algorithm %j with a PEM key', (algorithm) => {
    expect(sign({ algorithm }).ok).toBe(false)
  })

  it('an invalid algorithm that comes from a value', () => {
    expect(codeOf(sign({ algorithm: '{{ client }}' }, { client: 'none' }))).toBe('invalid_value')
  })

  it.each(['alg', 'crit', 'b64'])('the header parameter %s', (name) => {
    expect(codeOf(sign({ header: [{ name, value: 'x' }] }))).toBe('invalid_input')
  })

  it.each(['0', '-1', '1.5', 'soon', '99999999999'])('a lifetime of %s', (lifetime) => {
    expect(codeOf(sign({ lifetime }))).toBe('invalid_value')
  })

  it.each([
    claim('amount', 'many', 'number'),
    claim('amount', '0x10', 'number'),
    claim('exp', 'tomorrow'),
    claim('context', '{not json', 'json'),
    claim('context', '{{ client }}', 'json'),
    claim('x', '{{ unknown }}'),
    claim(' ', 'x'),
  ])('the claim %j, with its name', (row) => {
    const refusal = refusalOf(sign({ claims: [row] }))
    expect(refusal.message).toContain(row.name)
  })

  it('a missing key, and an invalid one without quoting it', () => {
    expect(codeOf(sign({}, { key: '' }))).toBe('missing_value')
    expect(refusalOf(sign({}, { key: 'hunter22' })).message).not.toContain('hunter22')
  })
})

describe('The header', () => {
  it('has alg and typ', () => {
    expect(decodeProtectedHeader(valueOf(sign()))).toEqual({ alg: 'ES256', typ: 'JWT' })
  })

  it('has the method’s own parameters, except those with an empty value', () => {
    const header = [
      { name: 'kid', value: '{{ client }}' },
      { name: 'x5t', value: 'abc' },
      { name: 'x5t#S256', value: 'def' },
      { name: 'typ', value: '{{ absent }}' },
      { name: 'x5u', value: '{{ tenant }}' },
      { name: 'x5c', value: 'MIIa MIIb' },
    ]
    expect(decodeProtectedHeader(valueOf(sign({ header })))).toEqual({
      alg: 'ES256',
      kid: 'the-client',
      x5t: 'abc',
      'x5t#S256': 'def',
      x5c: ['MIIa', 'MIIb'],
    })
  })

  it.each(hostileValues)('a value adds no parameter: %j', (value) => {
    const header = decodeProtectedHeader(
      valueOf(sign({ header: [{ name: 'kid', value: '{{ client }}' }] }, { client: value })),
    )
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: value })
  })
})

describe('The claims', () => {
  it('have the time of issue, the expiry and a unique ID by default', () => {
    expect(payloadOf()).toEqual({ iat: seconds, exp: seconds + 300, jti: reserved.uuid })
  })

  it('have no expiry if the lifetime is empty', () => {
    expect(payloadOf({ lifetime: '{{ absent }}' })).not.toHaveProperty('exp')
  })

  it('can be text, numbers, JSON and lists', () => {
    const claims = [
      claim('iss', '{{ client }}'),
      claim('level', '3', 'number'),
      claim('context', '{"user":{"id":"{{ client }}","none":"{{ tenant }}"},"ok":true}', 'json'),
      claim('aud', 'https://a.test https://b.test', 'list'),
      claim('big', '12345678901234567890', 'json'),
    ]
    expect(payloadOf({ claims })).toMatchObject({
      iss: 'the-client',
      level: 3,
      context: { user: { id: 'the-client' }, ok: true },
      aud: ['https://a.test', 'https://b.test'],
    })
    expect(Buffer.from(valueOf(sign({ claims })).split('.')[1] ?? '', 'base64url').toString()).toContain(
      '"big":12345678901234567890',
    )
  })

  it('of a list keep spaces within quotes', () => {
    const list = (value: string) => payloadOf({ claims: [claim('groups', value, 'list')] }).groups
    expect(list('"read orders" write')).toEqual(['read orders', 'write'])
    expect(list('"a \\" b" "c"')).toEqual(['a " b', 'c'])
    expect(list('"{{ client }} of Acme"')).toEqual(['the-client of Acme'])
    expect(list('say"so "unfinished')).toEqual(['say"so', '"unfinished'])
  })

  it('are omitted if they have no value', () => {
    const claims = [
      claim('sub', '{{ tenant }}'),
      claim('scope', '{{ tenant }}', 'list'),
      claim('act', '{{ tenant }}', 'json'),
      claim('n', '{{ tenant }}', 'number'),
      claim('e', ''),
    ]
    expect(Object.keys(payloadOf({ claims }))).toEqual(['iat', 'exp', 'jti'])
  })

  it('of the method replace the default ones, and remove them if they are empty', () => {
    const claims = [claim('iat', '1'), claim('exp', '1300819380'), claim('jti', '{{ tenant }}')]
    expect(payloadOf({ claims })).toEqual({ iat: 1, exp: 1300819380 })
    expect(
      payloadOf({ claims: [claim('aud', 'mine')] }, {}, [
        ['aud', '"theirs"'],
        ['iss', '"me"'],
      ]),
    ).toMatchObject({ aud: 'mine', iss: 'me' })
  })

  it('that are dates are always numbers (RFC 7519 §2)', () => {
    expect(payloadOf({ claims: [claim('nbf', '1300819380')] }).nbf).toBe(1300819380)
  })

  it.each(hostileValues)('a value adds no claim: %j', (value) => {
    const claims = [claim('sub', '{{ client }}'), claim('context', '{"id":"{{ client }}"}', 'json')]
    expect(payloadOf({ claims }, { client: value })).toEqual({
      sub: value,
      context: { id: value },
      iat: seconds,
      exp: seconds + 300,
      jti: reserved.uuid,
    })
  })

  it('can have the name __proto__', () => {
    expect(
      Buffer.from(valueOf(sign({ claims: [claim('__proto__', 'x')] })).split('.')[1] ?? '', 'base64url').toString(),
    ).toContain('"__proto__":"x"')
  })
})

// Shows C9.
describe('RFC 7523 §4: the example assertion', () => {
  it('is verified by independent code', async () => {
    const claims = [
      claim('iss', 'https://jwt-idp.example.com'),
      claim('sub', 'mailto:mike@example.com'),
      claim('aud', 'https://jwt-rp.example.net'),
      claim('nbf', '1300815780'),
      claim('exp', '1300819380'),
      claim('http://claims.example.com/member', 'true', 'json'),
      claim('iat', ''),
      claim('jti', ''),
    ]
    const token = valueOf(
      sign({
        header: [
          { name: 'kid', value: '16' },
          { name: 'typ', value: '' },
        ],
        claims,
      }),
    )
    const { payload, protectedHeader } = await jwtVerify(token, publicKeyOf(es256.key), {
      ...{ algorithms: ['ES256'], issuer: 'https://jwt-idp.example.com', audience: 'https://jwt-rp.example.net' },
      currentDate: new Date(1300815790 * 1000),
    })
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: '16' })
    expect(payload).toEqual({
      iss: 'https://jwt-idp.example.com',
      sub: 'mailto:mike@example.com',
      aud: 'https://jwt-rp.example.net',
      nbf: 1300815780,
      exp: 1300819380,
      'http://claims.example.com/member': true,
    })
  })
})
