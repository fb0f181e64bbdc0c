import { describe, expect, it } from 'vitest'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { withoutMissingVariables } from '@/lib/domain/authentication/without-missing-variables'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { aPhase, valueOf } from '@/tests/support/definition-builders'

/** A method with the type's default options or the given ones, after some variables were removed. */
function without(type: AuthenticationType, removed: readonly string[], given: object = {}) {
  const definition = authenticationTypeDefinitions[type]
  const keys = definition.defaultVariables.map(({ key }) => key)
  const phases = [aPhase('exchange'), aPhase('revoke', { clientAuthentication: 'client_secret_post' })]
  const method = { options: valueOf(readMethodOptions(type, given)), phases }
  return withoutMissingVariables(
    definition,
    method,
    keys.filter((key) => !removed.includes(key)),
  )
}

describe('A method without one of its default variables (rule R13)', () => {
  it('reads the token and the refresh token from the type’s default paths', () => {
    const removed = ['response_authentication_token_key', 'response_refresh_token_key']
    expect(without('oauth2_authorization_code', removed).options).toMatchObject({
      tokenPath: 'access_token',
      refreshTokenPath: 'refresh_token',
    })
  })

  it('keeps the templates of its other variables', () => {
    expect(without('oauth2_authorization_code', ['scope', 'response_refresh_token_key']).options).toMatchObject({
      tokenPath: '{{ response_authentication_token_key }}',
      refreshTokenPath: 'refresh_token',
    })
  })

  it('keeps a template written by a person, even if it uses the variable', () => {
    const own = { tokenPath: '$.data.{{ response_authentication_token_key }}' }
    expect(without('oauth2_client_credentials', ['response_authentication_token_key'], own).options).toMatchObject(own)
  })

  it('recognises the type’s own template regardless of blanks', () => {
    const own = { tokenPath: '{{response_authentication_token_key}}' }
    expect(without('oauth2_client_credentials', ['response_authentication_token_key'], own).options.tokenPath).toBe(
      'access_token',
    )
  })

  it('without a client secret is a public client in every request', () => {
    const { options, phases } = without('oauth2_authorization_code', ['client_secret'])
    expect(options.clientAuthentication).toBe('none')
    expect(phases.map(({ clientAuthentication }) => clientAuthentication)).toEqual([null, 'none'])
  })

  it('without a client secret still signs, if it signs instead of sending a secret', () => {
    const own = { clientAuthentication: 'private_key_jwt' }
    expect(without('oauth2_authorization_code', ['client_secret'], own).options.clientAuthentication).toBe(
      'private_key_jwt',
    )
  })

  it('signs JWTs with the default algorithm and lifetime, and omits claims without a value', () => {
    const { jwt } = without('signed_jwt', ['algorithm', 'lifetime', 'key_id', 'issuer']).options
    expect(jwt).toMatchObject({
      algorithm: 'RS256',
      lifetime: '300',
      header: [],
      claims: [{ name: 'aud', value: '{{ audience }}', kind: 'text' }],
    })
  })

  it.each(Object.keys(authenticationTypeDefinitions) as AuthenticationType[])(
    'of the type %s is unchanged if no variable is missing',
    (type) => {
      expect(without(type, [])).toEqual({
        options: authenticationTypeDefinitions[type].defaultOptions,
        phases: [aPhase('exchange'), aPhase('revoke', { clientAuthentication: 'client_secret_post' })],
      })
    },
  )
})
