import { describe, expect, it } from 'vitest'
import {
  addSecretsOf,
  effectiveDefinitions,
  isShown,
  scopeOf,
  effectiveValue,
} from '@/lib/domain/variables/resolve-variables'
import { SecretBook } from '@/lib/domain/secret-book'
import { aConnector, anEndpoint, aMethod, aVariable } from '@/tests/support/definition-builders'

describe('Definitions with the same key', () => {
  const connector = aConnector({
    variables: [aVariable('region', { displayName: 'of the connector' }), aVariable('account')],
  })
  const method = aMethod('none', {
    variables: [aVariable('region', { level: 'method', displayName: 'of the method' })],
  })
  const endpoint = anEndpoint({
    variables: [aVariable('region', { level: 'endpoint', displayName: 'of the endpoint' })],
  })
  const region = (owners: Parameters<typeof effectiveDefinitions>[0]) =>
    effectiveDefinitions(owners).find(({ key }) => key === 'region')?.displayName

  it('the endpoint has priority over the method, and the method over the connector', () => {
    expect(region({ connector, method, endpoint })).toBe('of the endpoint')
    expect(region({ connector, method })).toBe('of the method')
    expect(region({ connector })).toBe('of the connector')
  })

  it('each key occurs once', () => {
    expect(effectiveDefinitions({ connector, method, endpoint }).map(({ key }) => key)).toEqual(['region', 'account'])
  })

  it('a used connector variable has the flags of the method, but a variable of the method itself has priority', () => {
    const used = aVariable('account', { required: true, displayName: 'used' })
    expect(
      effectiveDefinitions({ connector, method: { variables: [used] } }).find(({ key }) => key === 'account')?.required,
    ).toBe(true)
    const own = aVariable('account', { level: 'method', displayName: 'own' })
    expect(
      effectiveDefinitions({ connector, method: { variables: [own, used] } }).find(({ key }) => key === 'account')
        ?.displayName,
    ).toBe('own')
  })
})

describe('The effective value', () => {
  const variable = aVariable('region', { id: 'v', level: 'endpoint', defaultValue: 'default' })
  const all = {
    shape: new Map([['v', 'shape']]),
    stored: new Map([['region', 'stored']]),
    method: new Map([['v', 'method']]),
    instance: new Map([['v', 'instance']]),
  }
  const { shape: _shape, ...withoutShape } = all
  const { stored: _stored, ...withoutStored } = withoutShape
  const { method: _method, ...onlyInstance } = withoutStored

  it.each([
    ['1: the shape', all, 'shape'],
    ['2: stored from a token response', withoutShape, 'stored'],
    ['3: set on the method, so that the instance form does not show it', withoutStored, 'method'],
    ['4: the instance', onlyInstance, 'instance'],
    ['5: the default', {}, 'default'],
  ])('%s', (_name, values, expected) => {
    expect(effectiveValue(variable, values)).toBe(expected)
  })

  it('is never that of a shape for a variable of the connector or the method (rule R14)', () => {
    for (const level of ['connector', 'method'] as const)
      expect(effectiveValue({ ...variable, level }, all)).toBe('stored')
  })

  it('is not an empty value', () => {
    expect(effectiveValue(variable, { shape: new Map([['v', '']]), instance: new Map([['v', 'instance']]) })).toBe(
      'instance',
    )
  })

  it('is that of the effective definition, not of another one with the same key', () => {
    const scope = scopeOf([aVariable('region', { id: 'near' })], { instance: new Map([['far', 'x']]) })
    expect(scope.get('region')?.value).toBe('')
  })
})

describe('A variable that is neither required, configurable nor advanced', () => {
  const hidden = aVariable('region', { id: 'v', configurable: false, defaultValue: 'default' })

  it('is never shown', () => {
    expect(isShown(hidden)).toBe(false)
    for (const flag of ['required', 'configurable', 'advanced'] as const)
      expect(isShown({ ...hidden, [flag]: true })).toBe(true)
  })

  it('always has its default, even if a value is stored or sent', () => {
    const values = new Map([['v', 'other']])
    expect(effectiveValue(hidden, { shape: values, method: values, instance: values })).toBe('default')
  })

  it('can be filled from a token response', () => {
    expect(effectiveValue(hidden, { stored: new Map([['region', 'stored']]) })).toBe('stored')
  })
})

describe('A scope', () => {
  it('knows whether a variable is required or secret, and its display name', () => {
    const scope = scopeOf([aVariable('password', { id: 'v', displayName: 'Password', secret: true, required: true })], {
      instance: new Map([['v', 'x']]),
    })
    expect(scope.get('password')).toEqual({ value: 'x', required: true, secrecy: 'whole', label: 'Password' })
    const secrets = new SecretBook()
    addSecretsOf(scope, secrets)
    expect(secrets.texts()).toEqual(['x'])
  })

  it('has no value for a variable that the options do not use', () => {
    const scope = scopeOf(
      [aVariable('client_secret', { id: 'v', required: true })],
      { instance: new Map([['v', 'x']]) },
      ['client_secret'],
    )
    expect(scope.get('client_secret')).toMatchObject({ value: '', required: false })
  })

  it('never finds properties of a prototype', () => {
    expect(scopeOf([], {}).get('constructor')).toBeUndefined()
  })
})
