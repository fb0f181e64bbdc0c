import { describe, expect, it } from 'vitest'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { withoutMissingVariables } from '@/lib/domain/authentication/without-missing-variables'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { aPhase, valueOf } from '@/tests/support/definition-builders'

/** A method of the type as it comes, or with options of its own, after some variables were removed. */
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
  it('reads the token and the refresh token where the type expects them', () => {
    const removed = ['response_authentication_token_key', 'response_refresh_token_key']
    expect(without('oauth2_authorization_code', removed).options).toMatchObject({
      tokenPath: 'access_token',
      refreshTokenPath: 'refresh_token',
    })
  })

  it('keeps the templates of the variables that it still has', () => {
    expect(without('oauth2_authorization_code', ['scope', 'response_refresh_token_key']).options).toMatchObject({
      tokenPath: '{{ response_authentication_token_key }}',
      refreshTokenPath: 'refresh_token',
    })
  })

  it('keeps the template that a person wrote, also where it names the variable', () => {
    const own = { tokenPath: '$.data.{{ response_authentication_token_key }}' }
    expect(without('oauth2_client_credentials', ['response_authentication_token_key'], own).options).toMatchObject(own)
  })

  it('takes the type’s own template however its blanks are written', () => {
    const own = { tokenPath: '{{response_authentication_token_key}}' }
    expect(without('oauth2_client_credentials', ['response_authentication_token_key'], own).options.tokenPath).toBe(
      'access_token',
    )
  })

  it('is a public client without a client secret, in every request', () => {
    const { options, phases } = without('oauth2_authorization_code', ['client_secret'])
    expect(options.clientAuthentication).toBe('none')
    expect(phases.map(({ clientAuthentication }) => clientAuthentication)).toEqual([null, 'none'])
  })

  it('that signs instead of sending a secret goes on signing', () => {
    const own = { clientAuthentication: 'private_key_jwt' }
    expect(without('oauth2_authorization_code', ['client_secret'], own).options.clientAuthentication).toBe(
      'private_key_jwt',
    )
  })

  it('signs JWTs with the usual algorithm and lifetime, and leaves out what nothing fills', () => {
    const { jwt } = without('signed_jwt', ['algorithm', 'lifetime', 'key_id', 'issuer']).options
    expect(jwt).toMatchObject({
      algorithm: 'RS256',
      lifetime: '300',
      header: [],
      claims: [{ name: 'aud', value: '{{ audience }}', kind: 'text' }],
    })
  })

  it.each(Object.keys(authenticationTypeDefinitions) as AuthenticationType[])(
    'of the type %s changes nothing where no variable is missing',
    (type) => {
      expect(without(type, [])).toEqual({
        options: authenticationTypeDefinitions[type].defaultOptions,
        phases: [aPhase('exchange'), aPhase('revoke', { clientAuthentication: 'client_secret_post' })],
      })
    },
  )
})
