import { describe, expect, it } from 'vitest'
import { buildAuthorizeUrl, chooseRedirectUri, type AuthorizeUrlInput } from '@/lib/domain/oauth2/authorize-url'
import { joinScopes } from '@/lib/domain/oauth2/scopes'
import { randomText, stateLength } from '@/lib/domain/oauth2/state'
import {
  aConnector,
  anOAuthMethod,
  aParameter,
  aPhase,
  aScope,
  codeOf,
  hostileValues,
  methodValues,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'

function build(given: Partial<AuthorizeUrlInput> = {}, values: Record<string, string> = {}) {
  return buildAuthorizeUrl({
    connector: aConnector(),
    method: anOAuthMethod(),
    values: { instance: methodValues({ client_id: 'app 1', client_secret: 's3cret', scope: 'read write', ...values }) },
    state: 'state-1',
    redirectUri: 'https://patchbay.test/oauth/authenticate',
    pkce: { challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', method: 'S256' },
    confirmedOrigins: null,
    ...given,
  })
}

const query = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('The authorise URL (RFC 6749 §4.1.1)', () => {
  it('has response type, client, redirect URI, scope, state and the PKCE challenge (RFC 7636 §4.3)', () => {
    const url = valueOf(build())
    expect(url.startsWith('https://login.acme.test/authorize?')).toBe(true)
    expect(query(url)).toEqual({
      response_type: 'code',
      client_id: 'app 1',
      redirect_uri: 'https://patchbay.test/oauth/authenticate',
      scope: 'read write',
      state: 'state-1',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    })
  })

  it('has no challenge where PKCE is off, and no scope where none is given', () => {
    expect(Object.keys(query(valueOf(build({ pkce: null }, { scope: '' }))))).toEqual([
      'response_type',
      'client_id',
      'redirect_uri',
      'state',
    ])
  })

  it('sends response_type as the variable says', () => {
    expect(query(valueOf(build({}, { response_type_key: 'code id_token' }))).response_type).toBe('code id_token')
  })

  it('keeps the query of the URL and adds the parameters sent with authorise', () => {
    const method = anOAuthMethod(
      {},
      {
        phases: [aPhase('authorise', { url: 'https://login.acme.test/authorize?audience=api' })],
        parameters: [aParameter('prompt', 'consent', { phases: ['authorise'] }), aParameter('resource', 'x', { phases: ['exchange'] })],
      },
    )
    expect(query(valueOf(build({ method })))).toMatchObject({ audience: 'api', prompt: 'consent' })
    expect(query(valueOf(build({ method })))).not.toHaveProperty('resource')
  })

  it('sends a standard parameter as the method gives it, once', () => {
    const method = anOAuthMethod({}, { parameters: [aParameter('scope', 'own', { phases: ['authorise'] })] })
    expect(new URL(valueOf(build({ method }))).searchParams.getAll('scope')).toEqual(['own'])
  })

  it.each(['state', 'redirect_uri', 'code_challenge', 'code_challenge_method'])('refuses a method that gives %s itself', (key) => {
    const parameters = [aParameter(key, 'x', { phases: ['authorise'] })]
    expect(codeOf(build({ method: anOAuthMethod({}, { parameters }) }))).toBe('invalid_input')
    const phases = [aPhase('authorise', { url: `https://login.acme.test/authorize?${key}=x` })]
    expect(codeOf(build({ method: anOAuthMethod({}, { phases }) }))).toBe('invalid_input')
  })

  it('never holds a secret, which the browser would show', () => {
    const parameters = [aParameter('secret', '{{ client_secret }}', { phases: ['authorise'] })]
    expect(refusalOf(build({ method: anOAuthMethod({}, { parameters }) })).code).toBe('literal_secret')
    expect(valueOf(build())).not.toContain('s3cret')
  })

  it.each(hostileValues)('a value adds no parameter: scope %j', (scope) => {
    const url = valueOf(build({}, { scope }))
    expect(Object.keys(query(url)).filter((key) => key !== 'scope')).toEqual([
      'response_type',
      'client_id',
      'redirect_uri',
      'state',
      'code_challenge',
      'code_challenge_method',
    ])
  })

  it('is an error without a client ID or without an authorise URL', () => {
    expect(refusalOf(build({}, { client_id: '' })).message).toContain('client_id')
    expect(codeOf(build({ method: anOAuthMethod({}, { phases: [] }) }))).toBe('invalid_url')
  })

  it('goes nowhere that nobody confirmed (DATA §6)', () => {
    expect(codeOf(build({ confirmedOrigins: ['https://api.acme.test'] }))).toBe('origin_not_confirmed')
    expect(build({ confirmedOrigins: ['https://login.acme.test'] }).ok).toBe(true)
  })
})

describe('Scopes', () => {
  it.each([
    ['read write', ' ', 'read write'],
    [' read   write ', ' ', 'read write'],
    ['read write', ',', 'read,write'],
    ['read, write', ',', 'read,write'],
    ['read,write', ',', 'read,write'],
    ['read,write', ' ', 'read,write'],
    ['', ',', ''],
  ])('%j with the separator %j become %j', (typed, separator, expected) => {
    expect(joinScopes(typed, separator)).toBe(expected)
  })
})

describe('The state', () => {
  it.each([
    ['', 40],
    ['22', 22],
    ['128', 128],
  ])('with state_length %j has %d characters', (value, expected) => {
    expect(valueOf(stateLength(aScope({ state_length: value })))).toBe(expected)
  })

  it.each(['21', '129', '0', '-40', 'x', '40.5', '1e2x', 'Infinity'])('refuses the length %s', (value) => {
    expect(codeOf(stateLength(aScope({ state_length: value })))).toBe('invalid_value')
  })

  it('has one of 64 characters for each random byte, so 22 of them are more than 128 bits (DATA §8)', () => {
    const all = randomText(Uint8Array.from({ length: 256 }, (_, index) => index))
    expect(all).toHaveLength(256)
    expect(new Set(all).size).toBe(64)
    for (const character of new Set(all)) expect(all.split(character)).toHaveLength(5)
    expect(all).toMatch(/^[A-Za-z0-9_-]+$/)
  })
})

describe('The redirect URI (DATA §4)', () => {
  const uris = ['https://a.test/oauth/authenticate', 'https://b.test/oauth/authenticate']
  const choose = (value: string) => chooseRedirectUri(aScope({ dashboard_oauth_callback_url: value }), uris, uris[0] ?? '')

  it('is that of the address the authorisation is begun on, unless another of this installation is chosen', () => {
    expect(valueOf(choose(''))).toBe(uris[0])
    expect(valueOf(choose(uris[1] ?? ''))).toBe(uris[1])
  })

  it('is never any other address', () => {
    for (const uri of ['https://evil.test/oauth/authenticate', 'https://a.test/oauth/authenticate/', 'https://a.test/'])
      expect(codeOf(choose(uri))).toBe('invalid_value')
  })
})
