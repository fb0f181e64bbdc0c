import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import type { JwtOptions } from '@/lib/domain/method-options/options-schema'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { checkJwtOptions } from '@/lib/domain/jwt/check-jwt-options'
import { checkSigningKey } from '@/lib/domain/oauth2/check-signing-key'
import {
  aConnector,
  aMethod,
  anOAuthMethod,
  aVariable,
  methodValues,
  refusalOf,
} from '@/tests/support/definition-builders'
import { es256, pemOf, rs256 } from '@/tests/support/jwt-vectors'

const defaults = authenticationTypeDefinitions.signed_jwt.defaultOptions.jwt
const check = (given: Partial<JwtOptions>) => checkJwtOptions({ ...defaults, ...given })
const claim = (name: string, value: string, kind: 'text' | 'json' = 'text') => ({ name, value, kind })

describe('The JWT options of a method are checked while it is edited', () => {
  it.each([
    [{ algorithm: 'HS256', keyEncoding: 'pem' }, 'options.jwt.keyEncoding'],
    [{ algorithm: 'RS256', keyEncoding: 'text' }, 'options.jwt.keyEncoding'],
    [{ algorithm: 'none', keyEncoding: 'text' }, 'options.jwt.algorithm'],
    [{ algorithm: 'RS265' }, 'options.jwt.algorithm'],
    [{ algorithm: '{{ algorithm' }, 'options.jwt.algorithm'],
    [{ key: '{% if key %}' }, 'options.jwt.key'],
    [{ lifetime: '{{ }}' }, 'options.jwt.lifetime'],
    [{ header: [{ name: 'alg', value: 'none' }] }, 'options.jwt.header.0.name'],
    [{ header: [{ name: ' ', value: 'x' }] }, 'options.jwt.header.0.name'],
    [{ header: [{ name: 'kid', value: '{{ x' }] }, 'options.jwt.header.0.value'],
    [{ claims: [claim('iss', 'a'), claim('iss', 'b')] }, 'options.jwt.claims.1.name'],
    [{ claims: [claim('context', '{not json', 'json')] }, 'options.jwt.claims.0.value'],
  ] satisfies [Partial<JwtOptions>, string][])('%j is refused at %s', (given, field) => {
    expect(refusalOf(check(given)).field).toBe(field)
  })

  it('valid options are accepted', () => {
    for (const given of [
      {},
      { algorithm: 'HS256', keyEncoding: 'hex' },
      { algorithm: 'ES256', keyEncoding: 'base64' },
      { claims: [claim('context', '{"id":"{{ issuer }}"}', 'json')] },
    ] as Partial<JwtOptions>[])
      expect(check(given).ok).toBe(true)
  })
})

describe('A typed key is tried before anything is sent or stored', () => {
  const reserved = { now: '2026-01-01T00:00:00.000Z', uuid: 'u' }
  const tried = (values: Record<string, string>, method = aMethod('signed_jwt')) =>
    checkSigningKey({
      connector: aConnector(),
      method,
      values: { instance: methodValues(values) },
      context: { reserved, signer },
    })
  const rsa = pemOf(rs256.key)

  it.each([
    [{ private_key: 'no key at all' }, 'values.method-private_key'],
    [{ private_key: rsa.replace(/[A-Za-z]{12}/, '') }, 'values.method-private_key'],
    [{ private_key: pemOf(es256.key) }, 'values.method-private_key'],
    [{ private_key: rsa, algorithm: 'HS256' }, 'values.method-private_key'],
    [{ private_key: '' }, 'values.method-private_key'],
    [{ private_key: rsa, algorithm: 'none' }, 'values.method-algorithm'],
    [{ private_key: rsa, lifetime: 'long' }, 'values.method-lifetime'],
  ] satisfies [Record<string, string>, string][])('%# is refused at %s', (values, field) => {
    const refusal = refusalOf(tried(values))
    expect(refusal.field).toBe(field)
    expect(refusal.message).not.toMatch(/MII|no key at all/)
  })

  it('a key that can sign is accepted, even if claims depend on the request', () => {
    expect(tried({ private_key: rsa }).ok).toBe(true)
    const jwt = { ...defaults, claims: [claim('url', '{{ request_url }}')] }
    expect(tried({ private_key: rsa }, aMethod('signed_jwt', { options: { jwt } })).ok).toBe(true)
  })

  it('only methods that sign need a key', () => {
    expect(tried({}, anOAuthMethod()).ok).toBe(true)
    const withKey = (options: object) => {
      const method = anOAuthMethod(options)
      return {
        ...method,
        variables: [...method.variables, aVariable('private_key', { level: 'method', secret: true })],
      }
    }
    expect(refusalOf(tried({ private_key: 'x' }, withKey({ clientAuthentication: 'private_key_jwt' }))).field).toBe(
      'values.method-private_key',
    )
    expect(
      refusalOf(tried({ private_key: 'x' }, withKey({ computed: [{ key: 'a', value: '{{signed_jwt}}' }] }))).field,
    ).toBe('values.method-private_key')
  })
})
