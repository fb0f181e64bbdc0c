import { describe, expect, it } from 'vitest'
import { instanceFields } from '@/lib/domain/authentication/instance-fields'
import { aConnector, aMethod, anOAuthMethod, aVariable } from '@/tests/support/definition-builders'

const none = new Set<string>()
const keys = (fields: { definition: { key: string } }[]) => fields.map(({ definition }) => definition.key)

describe('What a person is asked on an instance', () => {
  it('is the variables of the connector, then those of the method, in their order', () => {
    const connector = aConnector({ variables: [aVariable('account', { required: true }), aVariable('region')] })
    expect(keys(instanceFields(connector, aMethod('basic'), none).main)).toEqual([
      'account',
      'region',
      'username',
      'password',
    ])
  })

  it('has advanced variables apart', () => {
    const { main, advanced } = instanceFields(aConnector(), anOAuthMethod(), none)
    expect(keys(main)).toEqual(['scope', 'client_id', 'client_secret'])
    expect(keys(advanced)).toContain('dashboard_oauth_callback_url')
  })

  it('never has a variable that is neither required, configurable nor advanced', () => {
    const connector = aConnector({ variables: [aVariable('hidden', { configurable: false })] })
    expect(keys(instanceFields(connector, aMethod('none'), none).main)).toEqual([])
  })

  it('leaves out what the method holds a value for (DATA §3)', () => {
    expect(
      keys(instanceFields(aConnector(), anOAuthMethod(), new Set(['method-client_id', 'method-client_secret'])).main),
    ).toEqual(['scope'])
  })

  it('leaves out the secret of a public client', () => {
    expect(keys(instanceFields(aConnector(), anOAuthMethod({ clientAuthentication: 'none' }), none).main)).toEqual([
      'scope',
      'client_id',
    ])
  })

  it('asks for a used connector variable with the flags of the method', () => {
    const account = aVariable('account', { configurable: false })
    const method = aMethod('none', { variables: [{ ...account, required: true }] })
    expect(keys(instanceFields(aConnector({ variables: [account] }), method, none).main)).toEqual(['account'])
  })

  it('marks what an authorisation fills and nobody types (DATA §4)', () => {
    const { main, advanced } = instanceFields(aConnector(), anOAuthMethod(), none)
    expect(keys([...main, ...advanced].filter(({ filled }) => filled))).toEqual(['oauth_authorised_code'])
  })
})
