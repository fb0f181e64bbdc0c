import { describe, expect, it } from 'vitest'
import { cutPlaceholder } from '@/lib/domain/preview/cut-placeholder'
import { describeRequests } from '@/lib/domain/preview/describe-requests'
import { aConnector, aMethod, aParameter, aPhase, aVariable, valueOf } from '@/tests/support/definition-builders'

const naming = (value: string) =>
  aMethod('token', { parameters: [aParameter('X', value, { place: 'header', phases: ['verify'] })] })

describe('A placeholder for a value that a method splits', () => {
  it.each([
    ['{{ key }}', 'T'],
    ['{{ other | split: ":", 1 }}', 'T'],
    ['{{ key | split: ":", 1 }}', 'T:T'],
    ['{{key|split:"-",2}}', 'T-T-T'],
    ["{{ key | split: '.', -2 }}", 'T.T'],
    ['{{ key | split: ":", 0 }}{{ key | split: ":", 1 }}', 'T:T'],
  ])('by %s is %s', (value, expected) => {
    expect(cutPlaceholder('T', 'key', naming(value))).toBe(expected)
  })

  it('lets the request be shown, without any part of the secret', () => {
    const variables = [aVariable('token', { secret: true, required: true, level: 'method' })]
    const method = { ...naming('{{ token | split: ":", 1 }}'), variables, phases: [aPhase('verify', { url: '/me' })] }
    const [verify] = describeRequests({
      connector: aConnector(),
      method,
      redirectUri: 'https://patchbay.test/oauth/authenticate',
      now: '2026-11-21T06:00:00.000Z',
    })
    expect(valueOf(verify!.request).headers).toContainEqual(['X', '••••••'])
  })
})

describe('A value that is filled in later', () => {
  it('is shown by its name in the host, even if no form shows its variable', () => {
    const hidden = aVariable('instance_url', {
      level: 'connector',
      inputKind: 'url',
      required: false,
      configurable: false,
    })
    const connector = aConnector({ baseUrl: '{{ instance_url }}/services', variables: [hidden] })
    const options = { kept: [{ variable: 'instance_url', path: 'instance_url', secret: false, expiryPath: '' }] }
    const method = aMethod('oauth2_client_credentials', {
      options,
      phases: [aPhase('exchange', { url: 'https://login.acme.test/token' }), aPhase('verify', { url: '/me' })],
    })
    const described = describeRequests({
      connector,
      method,
      redirectUri: 'https://patchbay.test/oauth/authenticate',
      now: '2026-11-21T06:00:00.000Z',
    })
    expect(valueOf(described.find(({ phase }) => phase === 'verify')!.request).url).toBe(
      '{{ instance_url }}/services/me',
    )
  })
})
