import { describe, expect, it } from 'vitest'
import { typeChoices } from '@/components/authentication-methods/type-groups'
import { authenticationTypes } from '@/lib/domain/vocabulary'

const labels = (search?: string) => typeChoices(search).flatMap(({ options }) => options.map(({ label }) => label))

describe('The choice of an authentication type', () => {
  it('lists each type once', () => {
    expect(labels().sort()).toEqual(Object.values(authenticationTypes).sort())
  })

  it.each([
    ['OAuth 2 Authorisation Code', 'OAuth 2 (authorisation code)'],
    ['oauth 2 (authorisation code)', 'OAuth 2 (authorisation code)'],
    ['authorization code', 'OAuth 2 (authorisation code)'],
    ['api key', 'Token-based authentication'],
    ['client cred', 'OAuth 2 (client credentials)'],
    ['AWS', 'Request signature'],
  ])('a search for “%s” finds only %s', (search, label) => {
    expect(labels(search)).toEqual([label])
  })

  it('a search for unknown words finds nothing', () => {
    expect(typeChoices('kerberos')).toEqual([])
  })
})
