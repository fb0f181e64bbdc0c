import { describe, expect, it } from 'vitest'
import { basicAuthorization } from '@/lib/domain/authentication/basic'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { optionsOfGroups } from '@/lib/domain/method-options/options'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { validateVariableDefinition, validateVariableValue } from '@/lib/domain/variables/variable-rules'
import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'
import { SecretBook } from '@/lib/domain/secret-book'
import { aPhase, aScope, aVariable, codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'

const types = Object.keys(authenticationTypes) as AuthenticationType[]
const optionsOf = (type: AuthenticationType, options: object = {}) => valueOf(readMethodOptions(type, options))
const definitionOf = (type: AuthenticationType) => authenticationTypeDefinitions[type]

describe('Every authentication type', () => {
  it.each(types)('%s is registered under its own name, with its label', (type) => {
    expect(definitionOf(type)).toMatchObject({ type, label: authenticationTypes[type] })
  })

  it.each(types)('%s has default variables that follow the rules of variables', (type) => {
    for (const variable of definitionOf(type).defaultVariables)
      expect(valueOf(validateVariableDefinition(variable))).toBe(variable)
  })

  // Shows C16.
  it('locks only the variables that it cannot work without (rule R13)', () => {
    const locked = (type: AuthenticationType) =>
      definitionOf(type).defaultVariables.flatMap((variable) => (variable.locked ? [variable.key] : []))
    expect(Object.fromEntries(types.map((type) => [type, locked(type)]))).toEqual({
      basic: ['username', 'password'],
      token: ['token'],
      oauth2_client_credentials: ['client_id'],
      oauth2_authorization_code: ['client_id'],
      oauth1: ['consumer_key', 'consumer_secret'],
      token_exchange: [],
      signed_jwt: ['private_key'],
      request_signature: ['secret_key'],
      digest: ['username', 'password'],
      none: [],
    })
  })

  it.each(types)('%s accepts its own default options, and reads an empty column as the defaults', (type) => {
    const { defaultOptions, optionGroups } = definitionOf(type)
    const stored = optionsOfGroups(optionGroups, defaultOptions)
    for (const options of [stored, {}, null, undefined, [], 'x'])
      expect(valueOf(readMethodOptions(type, options))).toEqual(defaultOptions)
  })

  it.each(types)('%s has a test request', (type) => {
    expect(definitionOf(type).defaultPhases.map(({ kind }) => kind)).toContain('verify')
  })

  it('can be tested with unsaved values, unless a person must act at the third party (rule R7)', () => {
    expect(types.filter((type) => needsPerson({ type, phases: [] }))).toEqual(['oauth2_authorization_code'])
    const threeLegged = [
      aPhase('request_token', { url: 'https://a.test/r' }),
      aPhase('authorise', { url: 'https://a.test/a' }),
    ]
    expect(types.filter((type) => needsPerson({ type, phases: threeLegged }))).toEqual([
      'oauth2_authorization_code',
      'oauth1',
    ])
  })

  it('has variables with well-known names', () => {
    const names = (type: AuthenticationType) =>
      definitionOf(type).defaultVariables.map(({ key, displayName }) => [key, displayName])
    expect(names('basic')).toEqual([
      ['username', 'Username'],
      ['password', 'Password'],
    ])
    expect(names('token')).toEqual([['token', 'Token']])
    expect(names('none')).toEqual([])
    expect(names('oauth2_authorization_code')).toEqual([
      ['state_length', 'State length'],
      ['scope', 'Scope'],
      ['client_id', 'Client ID'],
      ['client_secret', 'Client secret'],
      ['response_authentication_token_key', 'Response authentication token key'],
      ['grant_type', 'Grant_type'],
      ['response_type_key', 'Response type key'],
      ['oauth_authorised_code', 'OAuth Authorised Code'],
      ['dashboard_oauth_callback_url', 'Dashboard OAuth Callback URL'],
      ['refresh_grant_type', 'Refresh Grant type'],
      ['response_refresh_token_key', 'Response Refresh Token Key'],
    ])
  })
})

// Shows C1.
describe('Basic authentication (RFC 7617)', () => {
  it('§2: Aladdin and open sesame', () => {
    expect(valueOf(basicAuthorization('Aladdin', 'open sesame'))).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
  })

  it('§2.1: test and 123£, in UTF-8', () => {
    expect(valueOf(basicAuthorization('test', '123\u00A3'))).toBe('Basic dGVzdDoxMjPCow==')
  })

  it('refuses a colon in the user name and allows it in the password', () => {
    expect(refusalOf(basicAuthorization('a:b', 'c')).message).toContain('colon')
    expect(valueOf(basicAuthorization('a', 'b:c'))).toBe('Basic YTpiOmM=')
  })

  it('refuses control characters in either', () => {
    expect(codeOf(basicAuthorization('a\n', 'b'))).toBe('invalid_value')
    expect(codeOf(basicAuthorization('a', 'b\u007f'))).toBe('invalid_value')
  })

  it('adds the header to the request and its value to the secrets', () => {
    const secrets = new SecretBook()
    const applied = valueOf(
      definitionOf('basic').applyCredentials({
        options: optionsOf('basic'),
        scope: aScope({ username: 'u', password: { value: 'p', secrecy: 'whole' } }),
        context: { secrets },
      }),
    )
    expect(secrets.texts()).toEqual(['p', 'dTpw'])
    expect(applied).toEqual({
      headers: [['Authorization', 'Basic dTpw']],
      queryPairs: [],
      bodyParameters: [],
      cookies: [],
      secrecy: 'whole',
    })
  })

  it('sends nothing without a password', () => {
    const scope = aScope({ username: 'u', password: { required: true, label: 'Password' } })
    expect(
      refusalOf(definitionOf('basic').applyCredentials({ options: optionsOf('basic'), scope, context: {} })).message,
    ).toContain('Password')
  })

  // Shows C1.
  it('accepts any two templates, and has no field for a variable that neither uses', () => {
    const scope = aScope({ username: 'u', password: { value: '', required: true, label: 'Password' } })
    const options = optionsOf('basic', { basic: { username: '{{ username }}/token', password: '' } })
    const applied = valueOf(definitionOf('basic').applyCredentials({ options, scope, context: {} }))
    expect(applied.headers).toEqual([['Authorization', `Basic ${Buffer.from('u/token:').toString('base64')}`]])
    expect(definitionOf('basic').unusedVariables(options)).toEqual(['password'])
    expect(definitionOf('basic').unusedVariables(optionsOf('basic'))).toEqual([])
  })
})

describe('Token-based authentication', () => {
  const apply = (placement: object) =>
    definitionOf('token').applyCredentials({
      options: optionsOf('token', { placement }),
      scope: aScope({ token: { value: 't0ken', secrecy: 'whole' } }),
      context: {},
    })

  it('is a Bearer token in the Authorization header by default', () => {
    const secrets = new SecretBook()
    const scope = aScope({ token: { value: 't0ken', secrecy: 'whole' } })
    expect(
      valueOf(definitionOf('token').applyCredentials({ options: optionsOf('token'), scope, context: { secrets } })),
    ).toMatchObject({
      headers: [['Authorization', 'Bearer t0ken']],
      secrecy: 'whole',
    })
    expect(secrets.texts()).toEqual(['t0ken'])
  })

  // Shows C2.
  it('can be sent in any header, the URL or the body', () => {
    expect(valueOf(apply({ place: 'header', key: 'X-Api-Key', value: '{{ token }}' })).headers).toEqual([
      ['X-Api-Key', 't0ken'],
    ])
    expect(valueOf(apply({ place: 'url', key: 'api_key', value: '{{ token }}' })).queryPairs).toEqual([
      ['api_key', 't0ken'],
    ])
    expect(valueOf(apply({ place: 'body', key: 'key', value: '{{ token }}' })).bodyParameters).toEqual([
      ['key', 't0ken'],
    ])
  })

  // Shows C46, D32.
  it('can be sent in a cookie, and no value can start another one', () => {
    const apply = (token: string, key = 'session') =>
      definitionOf('token').applyCredentials({
        options: optionsOf('token', { placement: { place: 'cookie', key, value: '{{ token }}' } }),
        scope: aScope({ token: { value: token, secrecy: 'whole' } }),
        context: {},
      })
    expect(valueOf(apply('abc=')).cookies).toEqual([['session', 'abc=']])
    for (const value of ['a; admin=1', 'a b', 'a,b', 'a\r\nb', 'é']) expect(codeOf(apply(value))).toBe('invalid_value')
    expect(codeOf(apply('abc', 'a=b'))).toBe('invalid_header')
  })

  it('can never start another header', () => {
    const scope = aScope({ token: { value: 'x\r\nX-Admin: 1', secrecy: 'whole' } })
    expect(codeOf(definitionOf('token').applyCredentials({ options: optionsOf('token'), scope, context: {} }))).toBe(
      'invalid_header',
    )
  })

  it('refuses unknown options', () => {
    for (const placement of [
      { place: 'trailer', key: 'a', value: 'b' },
      { place: 'header', key: 'a' },
      { place: 'constructor', key: 'a', value: 'b' },
    ]) {
      expect(refusalOf(readMethodOptions('token', { placement })).field).toBe('options.placement')
    }
  })
})

// Shows C4.
describe('OAuth 2 (authorisation code)', () => {
  it('has PKCE S256 on by default', () => {
    expect(optionsOf('oauth2_authorization_code').pkce).toBe('S256')
  })

  it.each([
    ['pkce', 'none'],
    ['clientAuthentication', 'x'],
    ['requestEncoding', 'xml'],
    ['expiryUnit', 'weeks'],
    ['expiredStatuses', ['401']],
    ['expiredStatuses', [99]],
    ['defaultLifetimeSeconds', -1],
    ['defaultLifetimeSeconds', '60'],
    ['issuerAdvertised', 'yes'],
    ['tokenPath', 1],
    ['kept', [{ variable: 'a' }]],
    ['keptFromCallback', {}],
  ])('refuses %s = %j at its field', (name, value) => {
    expect(refusalOf(readMethodOptions('oauth2_authorization_code', { [name]: value })).field).toBe(`options.${name}`)
  })

  it('sends nothing without an access token', () => {
    expect(
      codeOf(
        definitionOf('oauth2_authorization_code').applyCredentials({
          options: optionsOf('oauth2_authorization_code'),
          scope: aScope({}),
          context: {},
        }),
      ),
    ).toBe('no_token')
  })

  // Shows C46.
  it('sends the access token where the method says', () => {
    const secrets = new SecretBook()
    const context = { reserved: { access_token: 'at-1' }, secrets }
    const apply = (options: object) =>
      valueOf(
        definitionOf('oauth2_authorization_code').applyCredentials({
          options: optionsOf('oauth2_authorization_code', options),
          scope: aScope({}),
          context,
        }),
      )
    expect(apply({})).toMatchObject({ headers: [['Authorization', 'Bearer at-1']], secrecy: 'whole' })
    expect(secrets.texts()).toEqual(['at-1'])
    expect(apply({ placement: { place: 'url', key: 'oauth_token', value: '{{ access_token }}' } }).queryPairs).toEqual([
      ['oauth_token', 'at-1'],
    ])
  })

  it('has no client secret for a public client', () => {
    const { unusedVariables } = definitionOf('oauth2_authorization_code')
    expect(unusedVariables(optionsOf('oauth2_authorization_code', { clientAuthentication: 'none' }))).toEqual([
      'client_secret',
    ])
    expect(unusedVariables(optionsOf('oauth2_authorization_code'))).toEqual([])
  })

  it.each([
    ['21', false],
    ['22', true],
    ['40', true],
    ['99', true],
    ['100', true],
    ['128', true],
    ['129', false],
    ['1000', false],
    ['2.5', false],
  ])('state length %s is accepted: %s', (text, valid) => {
    const variable = definitionOf('oauth2_authorization_code').defaultVariables.find(
      ({ key }) => key === 'state_length',
    )
    expect(validateVariableValue(aVariable('state_length', variable), text).ok).toBe(valid)
  })
})
