import { describe, expect, it } from 'vitest'
import { instanceFields } from '@/lib/domain/authentication/instance-fields'
import { aConnector, aMethod, anOAuthMethod, aVariable } from '@/tests/support/definition-builders'

const none = new Set<string>()
const keys = (fields: { definition: { key: string } }[]) => fields.map(({ definition }) => definition.key)

describe('The fields of an instance', () => {
  it('are the variables of the connector, then those of the method, in their order', () => {
    const connector = aConnector({ variables: [aVariable('account', { required: true }), aVariable('region')] })
    expect(keys(instanceFields(connector, aMethod('basic'), none).main)).toEqual([
      'account',
      'region',
      'username',
      'password',
    ])
  })

  it('have advanced variables in a separate list', () => {
    const { main, advanced } = instanceFields(aConnector(), anOAuthMethod(), none)
    expect(keys(main)).toEqual(['scope', 'client_id', 'client_secret'])
    expect(keys(advanced)).toContain('dashboard_oauth_callback_url')
  })

  it('never include a variable that is neither required, configurable nor advanced', () => {
    const connector = aConnector({ variables: [aVariable('hidden', { configurable: false })] })
    expect(keys(instanceFields(connector, aMethod('none'), none).main)).toEqual([])
  })

  it('do not include variables for which the method has a value (DATA §3)', () => {
    expect(
      keys(instanceFields(aConnector(), anOAuthMethod(), new Set(['method-client_id', 'method-client_secret'])).main),
    ).toEqual(['scope'])
  })

  it('do not include the secret of a public client', () => {
    expect(keys(instanceFields(aConnector(), anOAuthMethod({ clientAuthentication: 'none' }), none).main)).toEqual([
      'scope',
      'client_id',
    ])
  })

  it('include a used connector variable with the flags of the method', () => {
    const account = aVariable('account', { configurable: false })
    const method = aMethod('none', { variables: [{ ...account, required: true }] })
    expect(keys(instanceFields(aConnector({ variables: [account] }), method, none).main)).toEqual(['account'])
  })

  it('mark values that are filled by an authorisation, not typed (DATA §4)', () => {
    const { main, advanced } = instanceFields(aConnector(), anOAuthMethod(), none)
    expect(keys([...main, ...advanced].filter(({ filled }) => filled))).toEqual(['oauth_authorised_code'])
  })
})
