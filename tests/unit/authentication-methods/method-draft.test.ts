import { describe, expect, it } from 'vitest'
import { carriersOf } from '@/components/authentication-methods/carriers'
import { errorAt, readPath, writePath } from '@/components/authentication-methods/draft-path'
import { emptyPhase, signatureOf, type MethodDraft } from '@/components/authentication-methods/method-draft'
import { addStep, moveStep, removeStep, stepsOf } from '@/components/authentication-methods/phase-steps'
import { tabsWithErrors } from '@/components/authentication-methods/tabs-with-errors'
import { discoveredChanges, withDiscovered } from '@/components/authentication-methods/urls/discovered-changes'
import { carrierOf } from '@/components/parameters/parameter-editing'
import { newParameterRow } from '@/components/parameters/parameter-row'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { DiscoveredServer } from '@/lib/domain/oauth2/discovery'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

const definition = (type: AuthenticationType) => authenticationTypeDefinitions[type]

function aDraft(given: Partial<MethodDraft> = {}): MethodDraft {
  const options = { ...definition('token_exchange').defaultOptions }
  return { name: 'm', timeoutSeconds: '30', documentationUrl: '', options, phases: [], parameters: [], ...given }
}

const exchange = (...urls: string[]) => urls.map((url, step) => ({ ...emptyPhase('exchange', step), url }))
const sentWith = (steps: number[], phases = ['exchange' as const]) =>
  newParameterRow('header', { label: '', phases, steps })

describe('A field of the draft, found by its name', () => {
  it.each([
    ['options.baseUrl', 'https://x.test'],
    ['options.jwt.algorithm', 'ES256'],
    ['phases.exchange.url', 'https://x.test/token'],
    ['phases.exchange.2.bodyFormat', 'json'],
    ['phases.verify.successRule.statuses', [200, 204]],
    ['phases.verify.1.successRule.rejectedPath', '$.error'],
  ])('%s can be written and read, and nothing else changes', (name, value) => {
    const before = aDraft({ phases: exchange('a', 'b', 'c') })
    const after = writePath(before, name, value)
    expect(readPath(after, name)).toEqual(value)
    expect(readPath(after, 'options.jwt.key')).toBe('{{ private_key }}')
    expect(stepsOf(after, 'exchange')).toHaveLength(3)
    expect(readPath(before, name)).not.toEqual(value)
  })

  it('shows the error of one of its parts that has no field', () => {
    expect(errorAt({ 'options.deadGrantErrors.3': 'no' }, 'options.deadGrantErrors')).toBe('no')
    expect(errorAt({ 'options.keptFromCallback.0': 'no' }, 'options.kept')).toBeUndefined()
  })
})

describe('Requests in order', () => {
  it('always include a first one to fill in, and more can be added after it', () => {
    const draft = addStep(aDraft(), 'exchange')
    expect(stepsOf(draft, 'exchange').map(({ step }) => step)).toEqual([0, 1])
    expect(stepsOf(aDraft(), 'verify')).toEqual([emptyPhase('verify')])
  })

  it('removing one removes the parameters that only it has, and the later requests move up', () => {
    const draft = aDraft({
      phases: exchange('a', 'b', 'c'),
      parameters: [sentWith([1]), sentWith([2]), sentWith([0, 1]), sentWith([])],
    })
    const after = removeStep(draft, 'exchange', 1)
    expect(stepsOf(after, 'exchange').map(({ url, step }) => [url, step])).toEqual([
      ['a', 0],
      ['c', 1],
    ])
    expect(after.parameters.map(({ steps }) => steps)).toEqual([[1], [0], []])
  })

  it('moving one also moves its parameters', () => {
    const draft = aDraft({ phases: exchange('a', 'b'), parameters: [sentWith([0]), sentWith([1])] })
    const after = moveStep(draft, 'exchange', 1, 0)
    expect(stepsOf(after, 'exchange').map(({ url }) => url)).toEqual(['b', 'a'])
    expect(after.parameters.map(({ steps }) => steps)).toEqual([[1], [0]])
  })
})

describe('Sent with', () => {
  const labels = (type: AuthenticationType, place: 'url' | 'header' = 'header', exchanges = 1) =>
    carriersOf(definition(type), place, (kind) => (kind === 'exchange' ? exchanges : 1)).map(({ label }) => label)

  it.each(['oauth2_client_credentials', 'token_exchange'] as const)(
    'begins with the authentication request for %s',
    (type) => {
      expect(labels(type)[0]).toBe('Authentication request')
    },
  )

  it('distinguishes the authorise request from token requests', () => {
    expect(labels('oauth2_authorization_code', 'url').slice(0, 4)).toEqual([
      'Token request and refresh',
      'Token request, without refresh',
      'Endpoint requests',
      'Authorise request (in the browser)',
    ])
    expect(labels('oauth1', 'url')).toEqual(
      expect.arrayContaining([
        'Request for the request token',
        'Authorise request (in the browser)',
        'Request for the access token',
      ]),
    )
    for (const type of ['oauth2_authorization_code', 'oauth1'] as const)
      expect(labels(type, 'url')).not.toContain('Authentication request')
  })

  it.each(['basic', 'token', 'digest', 'none', 'oauth1', 'signed_jwt', 'request_signature'] as const)(
    'begins with the endpoint requests for %s',
    (type) => {
      expect(labels(type)[0]).toBe('Endpoint requests')
    },
  )

  it('lists each of several token requests, and the authorise request only for URL parameters', () => {
    expect(labels('token_exchange', 'header', 2)).toEqual(
      expect.arrayContaining(['Get token, request 1', 'Get token, request 2']),
    )
    expect(labels('token_exchange')).not.toContain('Get token, request 1')
    expect(labels('oauth2_authorization_code', 'url')).toContain('Authorise request (in the browser)')
    expect(labels('oauth2_authorization_code', 'header')).not.toContain('Authorise request (in the browser)')
  })

  it('contains no set of requests twice, so that the chosen one is the one shown', () => {
    for (const type of Object.keys(authenticationTypeDefinitions) as AuthenticationType[]) {
      const carriers = carriersOf(definition(type), 'url', () => 3)
      for (const [index, carrier] of carriers.entries())
        expect(carrierOf(carriers, newParameterRow('url', carrier)), `${type}: ${carrier.label}`).toBe(index)
    }
  })
})

describe('The draft as a whole', () => {
  it('counts as unchanged if only the order or empty fields differ', () => {
    const one = aDraft({ phases: [...exchange('a'), emptyPhase('refresh')] })
    const other = aDraft({
      phases: [{ ...emptyPhase('exchange'), url: 'a', extract: [], body: '' }],
      options: Object.fromEntries(Object.entries(one.options).reverse()),
    })
    expect(signatureOf(other)).toBe(signatureOf(one))
    expect(signatureOf(addStep(one, 'exchange'))).not.toBe(signatureOf(one))
  })

  it('shows an error on the tab with its field', () => {
    const draft = aDraft({
      parameters: [newParameterRow('body'), newParameterRow('header', { label: '', phases: ['verify'], steps: [] })],
    })
    const errors = {
      'phases.exchange.1.url': 'x',
      'phases.verify.url': 'x',
      'options.kept.0.path': 'x',
      'parameters.0.key': 'x',
      'parameters.1.key': 'x',
      name: 'x',
    }
    expect([...tabsWithErrors(errors, draft)].sort()).toEqual(['', 'body', 'test-request', 'token', 'urls'])
  })
})

describe('Fill from discovery', () => {
  const server: DiscoveredServer = {
    ...{
      issuer: 'https://login.acme.test',
      authoriseUrl: 'https://login.acme.test/auth',
      tokenUrl: 'https://login.acme.test/token',
      revokeUrl: null,
    },
    ...{ issuerAdvertised: true, pkce: null, clientAuthentication: 'client_secret_post', scopes: [], otherOrigins: [] },
  }

  it('changes only fields whose value the server states differently', () => {
    const options = { ...definition('oauth2_authorization_code').defaultOptions, issuer: server.issuer }
    const draft = aDraft({ options, phases: [{ ...emptyPhase('revoke'), url: 'https://kept.test' }] })
    const changes = discoveredChanges(definition('oauth2_authorization_code'), draft, server)
    expect(changes.map(({ name }) => name)).toEqual([
      'phases.exchange.url',
      'phases.authorise.url',
      'options.clientAuthentication',
      'options.issuerAdvertised',
    ])
    const filled = withDiscovered(draft, changes)
    expect(readPath(filled, 'phases.exchange.url')).toBe(server.tokenUrl)
    expect(readPath(filled, 'phases.revoke.url')).toBe('https://kept.test')
    expect(readPath(filled, 'options.pkce')).toBe('S256')
    expect(discoveredChanges(definition('oauth2_authorization_code'), filled, server)).toEqual([])
  })

  it('ignores values for which the type has no field', () => {
    const draft = aDraft({ options: definition('oauth2_client_credentials').defaultOptions })
    expect(discoveredChanges(definition('oauth2_client_credentials'), draft, server).map(({ name }) => name)).toEqual([
      'phases.exchange.url',
      'options.clientAuthentication',
    ])
  })
})
