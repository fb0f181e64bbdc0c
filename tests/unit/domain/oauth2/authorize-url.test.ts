import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { describe, expect, it } from 'vitest'
import { buildAuthorizeUrl, chooseRedirectUri, type AuthorizeUrlInput } from '@/lib/domain/oauth2/authorize-url'
import { challengeOf } from '@/lib/domain/oauth2/pkce'
import { joinScopes } from '@/lib/domain/oauth2/scopes'
import { randomText, stateLength } from '@/lib/domain/oauth2/state'
import {
  aConnector,
  anOAuthMethod,
  aParameter,
  aPhase,
  aScope,
  aVariable,
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
    confirmedOrigins: originsUnchecked,
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

  it('has no challenge if PKCE is off, and no scope if it is empty', () => {
    expect(Object.keys(query(valueOf(build({ pkce: null }, { scope: '' }))))).toEqual([
      'response_type',
      'client_id',
      'redirect_uri',
      'state',
    ])
  })

  it('has the response_type of the variable', () => {
    expect(query(valueOf(build({}, { response_type_key: 'code id_token' }))).response_type).toBe('code id_token')
  })

  // Shows C21.
  it('keeps the query of the URL, and adds the parameters that are sent with authorise', () => {
    const method = anOAuthMethod(
      {},
      {
        phases: [aPhase('authorise', { url: 'https://login.acme.test/authorize?audience=api' })],
        parameters: [
          aParameter('prompt', 'consent', { phases: ['authorise'] }),
          aParameter('resource', 'x', { phases: ['exchange'] }),
        ],
      },
    )
    expect(query(valueOf(build({ method })))).toMatchObject({ audience: 'api', prompt: 'consent' })
    expect(query(valueOf(build({ method })))).not.toHaveProperty('resource')
  })

  it('has a standard parameter only once if the method sets it', () => {
    const method = anOAuthMethod({}, { parameters: [aParameter('scope', 'own', { phases: ['authorise'] })] })
    expect(new URL(valueOf(build({ method }))).searchParams.getAll('scope')).toEqual(['own'])
  })

  it.each(['state', 'redirect_uri', 'code_challenge', 'code_challenge_method'])(
    'refuses a method that sets %s itself',
    (key) => {
      const parameters = [aParameter(key, 'x', { phases: ['authorise'] })]
      expect(codeOf(build({ method: anOAuthMethod({}, { parameters }) }))).toBe('invalid_input')
      const phases = [aPhase('authorise', { url: `https://login.acme.test/authorize?${key}=x` })]
      expect(codeOf(build({ method: anOAuthMethod({}, { phases }) }))).toBe('invalid_input')
    },
  )

  it('never contains a secret, which the browser would show', () => {
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

  it('is refused for a host that is not confirmed (DATA §6)', () => {
    expect(codeOf(build({ confirmedOrigins: ['https://api.acme.test'] }))).toBe('origin_not_confirmed')
    expect(build({ confirmedOrigins: ['https://login.acme.test'] }).ok).toBe(true)
  })

  it('a computed host must be an allowed and confirmed one (DATA §6)', () => {
    const phases = [aPhase('authorise', { url: 'https://{{ tenant }}.acme.test/authorize' })]
    const method = anOAuthMethod({ computed: [{ key: 'tenant', value: 'login' }] }, { phases })
    const connector = aConnector({ allowedHosts: ['login.acme.test'] })
    expect(codeOf(build({ method, connector, confirmedOrigins: ['https://{tenant}.acme.test'] }))).toBe(
      'origin_not_confirmed',
    )
    expect(
      build({ method, connector, confirmedOrigins: ['https://{tenant}.acme.test', 'https://login.acme.test'] }).ok,
    ).toBe(true)
  })
})

// Shows C29.
describe('The code challenge (RFC 7636 appendix B)', () => {
  it('is the hash of the verifier, or the verifier itself', () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    expect(challengeOf(verifier, 'S256')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
    expect(challengeOf(verifier, 'plain')).toBe(verifier)
  })
})

// Shows C30.
describe('A vendor’s own parameter names', () => {
  const names = (...pairs: [standard: string, sent: string][]) => ({
    parameterNames: pairs.map(([standard, sent]) => ({ standard, sent })),
  })

  it('replace the standard ones, and an empty one removes the parameter', () => {
    const method = anOAuthMethod(
      names(['client_id', 'client_key'], ['response_type', ''], ['redirect_uri', 'callback'], ['state', 'passback']),
    )
    const sent = query(valueOf(build({ method, pkce: null })))
    expect(sent).toEqual({
      client_key: 'app 1',
      callback: 'https://patchbay.test/oauth/authenticate',
      scope: 'read write',
      passback: 'state-1',
    })
  })

  it('a client ID is not required if it is removed or set by the method', () => {
    expect(build({ method: anOAuthMethod(names(['client_id', ''])) }, { client_id: '' }).ok).toBe(true)
    const parameters = [aParameter('client_id', 'own', { phases: ['authorise'] })]
    expect(query(valueOf(build({ method: anOAuthMethod({}, { parameters }) }, { client_id: '' }))).client_id).toBe(
      'own',
    )
  })

  it('the state can be renamed, but neither removed nor set by the method', () => {
    expect(codeOf(build({ method: anOAuthMethod(names(['state', ''])) }))).toBe('invalid_input')
    const parameters = [aParameter('passback', 'x', { phases: ['authorise'] })]
    expect(codeOf(build({ method: anOAuthMethod(names(['state', 'passback']), { parameters }) }))).toBe('invalid_input')
  })
})

describe('Parameters of the method', () => {
  const withParameters = (
    parameters: ReturnType<typeof aParameter>[],
    options = {},
    url = 'https://login.acme.test/authorize',
  ) => anOAuthMethod(options, { parameters, phases: [aPhase('authorise', { url })] })
  const context = { reserved: { nonce: 'n-1', now: '2026-01-01T00:00:00.000Z', uuid: 'u-1' } }

  // Shows C30.
  it('can be a second scope, a response mode, a nonce, or the redirect URI under another name', () => {
    const base = withParameters([
      aParameter('user_scope', '{{ user_scope }}', { phases: ['authorise'] }),
      aParameter('response_mode', 'query', { phases: ['authorise'] }),
      aParameter('nonce', '{{ nonce }}', { phases: ['authorise'] }),
      aParameter('return_to', '{{ redirect_uri }}', { phases: ['authorise'] }),
    ])
    const method = { ...base, variables: [...base.variables, aVariable('user_scope', { level: 'method' })] }
    expect(query(valueOf(build({ method, context }, { user_scope: 'chat:write' })))).toMatchObject({
      ...{
        user_scope: 'chat:write',
        response_mode: 'query',
        nonce: 'n-1',
        return_to: 'https://patchbay.test/oauth/authenticate',
      },
    })
    expect(query(valueOf(build({ method, context })))).not.toHaveProperty('user_scope')
  })

  it('can be computed', () => {
    const method = withParameters([aParameter('hint', '{{ hint }}', { phases: ['authorise'] })], {
      computed: [{ key: 'hint', value: 'for-{{ client_id }}' }],
    })
    expect(query(valueOf(build({ method }))).hint).toBe('for-app 1')
  })

  it('cannot contain a secret, nor a token that authenticates the client', () => {
    const computed = [{ key: 'hint', value: '{{ client_secret }}' }]
    expect(
      codeOf(
        build({ method: withParameters([aParameter('hint', '{{ hint }}', { phases: ['authorise'] })], { computed }) }),
      ),
    ).toBe('literal_secret')
  })

  it('are placed before the fragment', () => {
    const url = valueOf(
      build({ method: withParameters([], { unencodedParameters: ['scope'] }, 'https://login.acme.test/#grant') }),
    )
    expect(url).toMatch(/^https:\/\/login\.acme\.test\/\?response_type=code&.*&scope=read%20write#grant$/)
  })

  it.each(['#/authorize', '#!/authorize'])('are placed after %s, which is a route within the page', (route) => {
    const built = (options: object) =>
      valueOf(build({ method: withParameters([], options, `https://login.acme.test/${route}`) }))
    expect(built({})).toMatch(
      /^https:\/\/login\.acme\.test\/#!?\/authorize\?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2F[^#]*$/,
    )
    expect(built({ unencodedParameters: ['redirect_uri'] })).toMatch(
      /#!?\/authorize\?.*&redirect_uri=https:\/\/patchbay\.test\/oauth\/authenticate/,
    )
  })

  it('can have another name only in the authorise URL', () => {
    const parameterNames = [
      { standard: 'client_id', sent: 'client_key', where: 'authorise' },
      { standard: 'client_id', sent: 'id', where: 'everywhere' },
      { standard: 'response_type', sent: '', where: 'token' },
      { standard: 'scope', sent: 'scopes' },
    ]
    const sent = query(valueOf(build({ method: withParameters([], { parameterNames }) })))
    expect(sent).toMatchObject({ client_key: 'app 1', response_type: 'code', scopes: 'read write' })
    expect(sent).not.toHaveProperty('id')
  })
})

// Shows C31.
describe('Values that are sent without encoding', () => {
  const url = (scope: string, unencodedParameters = ['scope']) =>
    valueOf(build({ method: anOAuthMethod({ unencodedParameters }), pkce: null }, { scope }))

  it('keep characters that are allowed in a query', () => {
    expect(url('a:b,c/d+e')).toMatch(/&scope=a:b,c\/d\+e$/)
    expect(url('a:b,c/d+e', [])).toContain('scope=a%3Ab%2Cc%2Fd%2Be')
    expect(url('https://a.test/x%20y')).toMatch(/&scope=https:\/\/a\.test\/x%20y$/)
  })

  it('can be listed by their standard name or the name that is sent', () => {
    const parameterNames = [{ standard: 'scope', sent: 'scopes' }]
    for (const name of ['scope', 'scopes'])
      expect(
        valueOf(build({ method: anOAuthMethod({ unencodedParameters: [name], parameterNames }) }, { scope: 'a,b' })),
      ).toMatch(/&scopes=a,b$/)
  })

  it.each(hostileValues)('add no parameter and no fragment: %j', (scope) => {
    const parsed = new URL(url(scope))
    expect([...parsed.searchParams.keys()].filter((key) => key !== 'scope')).toEqual([
      'response_type',
      'client_id',
      'redirect_uri',
      'state',
    ])
    expect(parsed.hash).toBe('')
    expect(parsed.origin).toBe('https://login.acme.test')
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

// Shows C35, D11.
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

  it('has one of 64 characters for each random byte, so 22 characters have more than 128 bits (DATA §8)', () => {
    const all = randomText(Uint8Array.from({ length: 256 }, (_, index) => index))
    expect(all).toHaveLength(256)
    expect(new Set(all).size).toBe(64)
    for (const character of new Set(all)) expect(all.split(character)).toHaveLength(5)
    expect(all).toMatch(/^[A-Za-z0-9_-]+$/)
  })
})

describe('The redirect URI (DATA §4)', () => {
  const uris = ['https://a.test/oauth/authenticate', 'https://b.test/oauth/authenticate']
  const choose = (value: string) =>
    chooseRedirectUri(aScope({ dashboard_oauth_callback_url: value }), uris, uris[0] ?? '')

  it('is that of the address where the authorisation starts, unless another one of this installation is chosen', () => {
    expect(valueOf(choose(''))).toBe(uris[0])
    expect(valueOf(choose(uris[1] ?? ''))).toBe(uris[1])
  })

  it('is never an address of another server', () => {
    for (const uri of ['https://evil.test/oauth/authenticate', 'https://a.test/oauth/authenticate/', 'https://a.test/'])
      expect(codeOf(choose(uri))).toBe('invalid_value')
  })
})
