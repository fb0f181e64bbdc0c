import { describe, expect, it } from 'vitest'
import { buildVerifyRequest } from '@/lib/domain/requests/build-verify-request'
import { aConnector, aMethod, anOAuthMethod, aParameter, aPhase, codeOf, methodValues, valueOf } from '@/tests/support/definition-builders'

const values = { instance: methodValues({ username: 'dana', password: 'correct-horse', token: 't-1' }) }
const shared = { connector: aConnector(), values, confirmedOrigins: null }

describe('The test request of a method', () => {
  it('is its verify phase with the credentials and the parameters sent with it', () => {
    const method = aMethod('basic', {
      phases: [aPhase('verify', { httpMethod: 'POST', url: '/me', bodyFormat: 'json', body: '{"a":1}' })],
      parameters: [aParameter('v', '2', { phases: ['verify'] }), aParameter('e', '2', { phases: ['endpoint'] })],
    })
    expect(valueOf(buildVerifyRequest({ ...shared, method }))?.request).toEqual({
      method: 'POST',
      url: 'https://api.acme.test/v1/me?v=2',
      headers: [
        ['Content-Type', 'application/json'],
        ['Authorization', 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl'],
      ],
      body: '{"a":1}',
    })
  })

  it('is there for every type, also with a token', () => {
    const built = valueOf(buildVerifyRequest({ ...shared, method: anOAuthMethod(), reserved: { access_token: 'at-1' } }))
    expect(built?.request.headers).toEqual([['Authorization', 'Bearer at-1']])
    expect(
      valueOf(buildVerifyRequest({ ...shared, method: aMethod('none', { phases: [aPhase('verify', { url: '/me' })] }) }))?.request.headers,
    ).toEqual([])
  })

  it('is nothing where the method has none: there is nothing to verify', () => {
    expect(valueOf(buildVerifyRequest({ ...shared, method: aMethod('basic') }))).toBeNull()
    expect(valueOf(buildVerifyRequest({ ...shared, method: aMethod('basic', { phases: [] }) }))).toBeNull()
  })

  it('is refused while credentials are missing or its host is not confirmed', () => {
    const method = aMethod('basic', { phases: [aPhase('verify', { url: 'https://status.acme.test/me' })] })
    expect(codeOf(buildVerifyRequest({ ...shared, method, values: {} }))).toBe('missing_value')
    expect(codeOf(buildVerifyRequest({ ...shared, method, confirmedOrigins: ['https://api.acme.test'] }))).toBe('origin_not_confirmed')
  })
})
