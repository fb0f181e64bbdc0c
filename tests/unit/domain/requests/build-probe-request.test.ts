import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { describe, expect, it } from 'vitest'
import { buildProbeRequest, verifyPhases, type ProbeRequestInput } from '@/lib/domain/requests/build-probe-request'
import {
  aConnector,
  aMethod,
  anOAuthMethod,
  aParameter,
  aPhase,
  codeOf,
  methodValues,
  valueOf,
} from '@/tests/support/definition-builders'

const values = { instance: methodValues({ username: 'dana', password: 'correct-horse', token: 't-1' }) }
const shared = { connector: aConnector(), values, confirmedOrigins: originsUnchecked }

/** The first of the method's test requests. */
const build = (given: Pick<ProbeRequestInput, 'method'> & Partial<ProbeRequestInput>) =>
  buildProbeRequest({ ...shared, ...given }, verifyPhases(given.method)[0]!)

describe('The test request of a method', () => {
  it('is its verify phase, with the credentials and the parameters for it', () => {
    const method = aMethod('basic', {
      phases: [aPhase('verify', { httpMethod: 'POST', url: '/me', bodyFormat: 'json', body: '{"a":1}' })],
      parameters: [aParameter('v', '2', { phases: ['verify'] }), aParameter('e', '2', { phases: ['endpoint'] })],
    })
    expect(valueOf(build({ method })).request).toEqual({
      method: 'POST',
      url: 'https://api.acme.test/v1/me?v=2',
      headers: [
        ['Content-Type', 'application/json'],
        ['Authorization', 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl'],
      ],
      body: '{"a":1}',
    })
  })

  it('is possible for every type, also with a token', () => {
    const built = valueOf(build({ method: anOAuthMethod(), reserved: { access_token: 'at-1' } }))
    expect(built.request.headers).toEqual([['Authorization', 'Bearer at-1']])
    expect(
      valueOf(build({ method: aMethod('none', { phases: [aPhase('verify', { url: '/me' })] }) })).request.headers,
    ).toEqual([])
  })

  it('does not exist if the method has no verify phase with a URL', () => {
    expect(verifyPhases(aMethod('basic'))).toEqual([])
    expect(verifyPhases(aMethod('basic', { phases: [] }))).toEqual([])
  })

  it('can consist of several, in their order', () => {
    const method = aMethod('basic', {
      phases: [
        aPhase('verify', { step: 1, url: '/b' }),
        aPhase('verify', { url: '/a' }),
        aPhase('verify', { step: 2 }),
      ],
    })
    expect(verifyPhases(method).map(({ url }) => url)).toEqual(['/a', '/b'])
  })

  it('is refused if credentials are missing or its host is not confirmed', () => {
    const method = aMethod('basic', { phases: [aPhase('verify', { url: 'https://status.acme.test/me' })] })
    expect(codeOf(build({ method, values: {} }))).toBe('missing_value')
    expect(codeOf(build({ method, confirmedOrigins: ['https://api.acme.test'] }))).toBe('origin_not_confirmed')
  })

  it('has the parameters of the connector, but a lookup after connecting does not', () => {
    const connector = aConnector({ parameters: [aParameter('X-Api-Version', '2', { place: 'header' })] })
    const phases = [aPhase('verify', { url: '/me' }), aPhase('after_connect', { url: '/me' })]
    const input = { ...shared, connector, method: aMethod('none', { phases }) }
    const headersOf = (phase: (typeof phases)[number]) => valueOf(buildProbeRequest(input, phase)).request.headers
    expect(phases.map(headersOf)).toEqual([[['X-Api-Version', '2']], []])
  })
})
