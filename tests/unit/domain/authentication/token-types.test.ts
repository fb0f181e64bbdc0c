import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { unusedVariablesOf } from '@/lib/domain/authentication/unused-variables'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { validateVariableValue } from '@/lib/domain/variables/variable-rules'
import {
  aConnector,
  aMethod,
  anEndpoint,
  anOAuthMethod,
  aParameter,
  aPhase,
  aVariable,
  codeOf,
  methodValues,
  valueOf,
} from '@/tests/support/definition-builders'
import { es256, hs256, pemOf } from '@/tests/support/jwt-vectors'

const tokenTypes = ['oauth2_client_credentials', 'oauth2_authorization_code', 'token_exchange', 'signed_jwt'] as const
const names = (type: (typeof tokenTypes)[number]) =>
  authenticationTypeDefinitions[type].defaultVariables.map(({ key, displayName }) => [key, displayName])
const reserved = { now: '2026-01-01T00:00:00.000Z', uuid: 'request-1', nonce: 'n' }

function endpointRequest(
  method: MethodDefinition,
  values: Record<string, string>,
  tokens: { access_token?: string } = {},
) {
  const given = { connector: aConnector(), method, endpoint: anEndpoint(), values: { instance: methodValues(values) } }
  return buildEndpointRequest({
    ...given,
    reserved: { ...reserved, ...tokens },
    signer,
    confirmedOrigins: originsUnchecked,
  })
}

const authorization = (...given: Parameters<typeof endpointRequest>) =>
  valueOf(endpointRequest(...given)).request.headers.find(([name]) => name === 'Authorization')?.[1] ?? ''

describe('Types that obtain a token (PRODUCT §5)', () => {
  it('have variables with well-known names', () => {
    expect(names('oauth2_client_credentials')).toEqual([
      ['client_id', 'Client ID'],
      ['client_secret', 'Client secret'],
      ['scope', 'Scope'],
      ['grant_type', 'Grant_type'],
      ['response_authentication_token_key', 'Response authentication token key'],
    ])
    expect(names('token_exchange')).toEqual([
      ['response_authentication_token_key', 'Response authentication token key'],
    ])
    expect(names('signed_jwt').map(([key]) => key)).toEqual([
      ...['private_key', 'key_id', 'issuer', 'audience', 'lifetime', 'algorithm', 'response_authentication_token_key'],
    ])
  })

  // Shows C16.
  it.each(tokenTypes)('%s has a help text for every variable', (type) => {
    for (const { helpText, key } of authenticationTypeDefinitions[type].defaultVariables)
      expect(helpText, key).not.toBe('')
    for (const { helpText } of authenticationTypeDefinitions[type].urls) expect(helpText).not.toBe('')
  })

  it.each(tokenTypes)('%s has URLs for the token, the refresh and the revocation', (type) => {
    expect(authenticationTypeDefinitions[type].urls.map(({ phase }) => phase)).toEqual(
      expect.arrayContaining(['exchange', 'refresh', 'revoke']),
    )
  })

  it.each(['oauth2_client_credentials', 'token_exchange'] as const)(
    '%s sends the token as Bearer, and nothing without a token',
    (type) => {
      const values = { client_id: 'a', client_secret: 'b' }
      expect(codeOf(endpointRequest(aMethod(type), values))).toBe('no_token')
      expect(authorization(aMethod(type), values, { access_token: 'at-1' })).toBe('Bearer at-1')
    },
  )
})

describe('Signed JWT', () => {
  const values = { private_key: pemOf(es256.key), algorithm: 'ES256', issuer: 'me', key_id: 'k-1' }

  it('is signed for every request', () => {
    const token = authorization(aMethod('signed_jwt'), values).slice('Bearer '.length)
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'k-1' })
    expect(decodeJwt(token)).toEqual({ iss: 'me', iat: 1767225600, exp: 1767225900, jti: 'request-1' })
  })

  it('is a secret, and is never sent to another origin', () => {
    const { request, secrets, credentialNames } = valueOf(endpointRequest(aMethod('signed_jwt'), values))
    expect(secrets.texts()).toContain(new Map(request.headers).get('Authorization')?.slice('Bearer '.length))
    expect(credentialNames.headers).toContain('Authorization')
  })

  it('is replaced by the token it was exchanged for, unless the method says otherwise', () => {
    expect(authorization(aMethod('signed_jwt'), values, { access_token: 'at-1' })).toBe('Bearer at-1')
    const options = {
      ...authenticationTypeDefinitions.signed_jwt.defaultOptions,
      placement: { place: 'header', key: 'Authorization', value: 'JWT {{ signed_jwt }}' },
    }
    expect(authorization(aMethod('signed_jwt', { options }), values, { access_token: 'at-1' })).toMatch(/^JWT ey/)
  })

  // Shows C47.
  it('may be used with other credentials, and is the same everywhere in a request', () => {
    const parameters = [aParameter('X-Assertion', '{{ signed_jwt }}', { place: 'header', phases: ['endpoint'] })]
    const { request } = valueOf(endpointRequest(aMethod('signed_jwt', { parameters }), values))
    const sent = new Map(request.headers)
    expect(`Bearer ${sent.get('X-Assertion')}`).toBe(sent.get('Authorization'))
  })

  it('can contain properties of its request', () => {
    const jwt = {
      ...authenticationTypeDefinitions.signed_jwt.defaultOptions.jwt,
      claims: [{ name: 'uri', value: '{{ request_method }} {{ request_path }}', kind: 'text' }],
    }
    const method = aMethod('signed_jwt', {
      options: { ...authenticationTypeDefinitions.signed_jwt.defaultOptions, jwt },
    })
    expect(decodeJwt(authorization(method, values).slice(7)).uri).toBe('GET /v1/orders')
  })

  it('can be signed with a shared secret in the encoding that the method names', () => {
    const { jwt, ...others } = authenticationTypeDefinitions.signed_jwt.defaultOptions
    const method = (keyEncoding: string) =>
      aMethod('signed_jwt', { options: { ...others, jwt: { ...jwt, keyEncoding } } })
    expect(authorization(method('base64url'), { ...values, algorithm: 'HS256', private_key: hs256.key })).toMatch(
      /^Bearer ey/,
    )
    expect(codeOf(endpointRequest(method('pem'), { ...values, algorithm: 'HS256', private_key: hs256.key }))).toBe(
      'invalid_value',
    )
    expect(codeOf(endpointRequest(method('text'), { ...values, algorithm: 'ES256', private_key: hs256.key }))).toBe(
      'invalid_value',
    )
  })

  it.each(['RS256', 'EdDSA', 'HS512'])('offers %s', (algorithm) => {
    const variable = aVariable(
      'algorithm',
      authenticationTypeDefinitions.signed_jwt.defaultVariables.find(({ key }) => key === 'algorithm'),
    )
    expect(validateVariableValue(variable, algorithm).ok).toBe(true)
    for (const other of ['none', 'RS1']) expect(validateVariableValue(variable, other).ok).toBe(false)
  })
})

describe('Variables that are not required', () => {
  const unused = (options: object, given: Partial<MethodDefinition> = {}) =>
    unusedVariablesOf(anOAuthMethod(options, given))
  const withoutClientId = { parameterNames: [{ standard: 'client_id', sent: '' }] }

  it('are the secret of a client that has none or that signs', () => {
    for (const clientAuthentication of ['none', 'private_key_jwt', 'nothing'])
      expect(unused({ clientAuthentication })).toEqual(['client_secret'])
    for (const clientAuthentication of ['client_secret_post', 'client_secret_jwt'])
      expect(unused({ clientAuthentication })).toEqual([])
  })

  it('are the client ID and secret if neither is sent', () => {
    expect(unused({ clientAuthentication: 'nothing', ...withoutClientId })).toEqual(['client_id', 'client_secret'])
    expect(
      unusedVariablesOf(aMethod('oauth2_client_credentials', { options: { clientAuthentication: 'nothing' } })),
    ).toEqual(['client_id', 'client_secret'])
  })

  it('are not those that a template of the method uses', () => {
    const parameters = [
      aParameter('X-Key', '{{client_secret | base64_encode}}', { place: 'header', phases: ['exchange'] }),
    ]
    expect(unused({ clientAuthentication: 'nothing', ...withoutClientId }, { parameters })).toEqual(['client_id'])
    expect(
      unused({
        clientAuthentication: 'nothing',
        ...withoutClientId,
        computed: [{ key: 'x', value: '{{ client_id }}' }],
      }),
    ).toEqual(['client_secret'])
  })

  it('are not those that a single request needs to authenticate the client', () => {
    const phases = [
      aPhase('exchange', { url: 'https://a.test/token' }),
      aPhase('revoke', { url: 'https://a.test/revoke', clientAuthentication: 'client_secret_basic' }),
    ]
    expect(unused({ clientAuthentication: 'none' }, { phases })).toEqual([])
    expect(
      unused({}, { phases: [aPhase('exchange', { url: 'https://a.test/token', clientAuthentication: 'none' })] }),
    ).toEqual(['client_secret'])
  })

  it('do not hide invalid options, which are refused when they are read', () => {
    expect(readMethodOptions('oauth2_authorization_code', { pkce: 'x' }).ok).toBe(false)
  })

  it.each([
    ['nothing', 'Basic {{ client_id | append: ":" | append: client_secret | base64_encode }}'],
    ['none', '{{ now | hmac_sha256: client_secret }}'],
    ['private_key_jwt', '{{ now | hmac_sha256: client_secret }}'],
  ])('are not those that are only an argument of a filter (client authentication %s)', (client, value) => {
    const parameters = [aParameter('X-Proof', value, { place: 'header', phases: ['exchange'] })]
    expect(unused({ clientAuthentication: client }, { parameters })).toEqual([])
    expect(unused({ clientAuthentication: client })).toEqual(['client_secret'])
  })
})
