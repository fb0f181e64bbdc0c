import { describe, expect, it } from 'vitest'
import { describeRequests, type DescribeInput } from '@/lib/domain/preview/describe-requests'
import {
  aConnector,
  aMethod,
  anEndpoint,
  anOAuthMethod,
  aParameter,
  aPhase,
  aVariable,
  methodValues,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'

const now = '2026-03-04T05:06:07.000Z'
const redirectUri = 'https://patchbay.test/oauth/authenticate'

function described(given: Partial<DescribeInput> = {}) {
  const list = describeRequests({
    connector: aConnector(),
    method: aMethod('basic', { phases: [aPhase('verify', { url: '/me' })] }),
    redirectUri,
    now,
    ...given,
  })
  return Object.fromEntries(list.map(({ phase, request }) => [phase, request]))
}

describe('What will be sent', () => {
  it('is the real requests, with masked secrets and the names of missing values', () => {
    const { verify, endpoint } = described({ endpoint: anEndpoint() })
    expect(valueOf(verify!)).toEqual({
      method: 'GET',
      url: 'https://api.acme.test/v1/me',
      headers: [['Authorization', 'Basic ••••••']],
      body: '',
      jwts: [],
    })
    expect(valueOf(endpoint!).url).toBe('https://api.acme.test/v1/orders')
  })

  it('has the requests of OAuth in their order', () => {
    const list = describeRequests({
      connector: aConnector(),
      method: anOAuthMethod(),
      endpoint: anEndpoint(),
      redirectUri,
      now,
    })
    expect(list.map(({ phase }) => phase)).toEqual(['authorise', 'exchange', 'refresh', 'verify', 'endpoint'])
    const texts = list.map(({ request }) => valueOf(request))
    expect(texts[0]?.url).toContain('client_id={{ client_id }}')
    expect(texts[0]?.url).toContain('state=••••••')
    expect(texts[1]?.headers).toContainEqual(['Authorization', 'Basic ••••••'])
    expect(texts[1]?.body).toBe(
      `grant_type=authorization_code&code=••••••&redirect_uri=${encodeURIComponent(redirectUri)}&code_verifier=••••••`,
    )
    expect(texts[2]?.body).toBe('grant_type=refresh_token&refresh_token=••••••')
    expect(texts[4]?.headers).toEqual([['Authorization', 'Bearer ••••••']])
    expect(JSON.stringify(list)).not.toContain('standin')
  })

  it('has plain values, but never a secret, even if one is passed', () => {
    const values = { instance: methodValues({ username: 'dana', password: 'correct-horse' }) }
    const method = aMethod('basic', { phases: [aPhase('verify', { url: '/me?u={{ username }}&p={{ password }}' })] })
    expect(valueOf(described({ method, values }).verify!).url).toBe('https://api.acme.test/v1/me?u=dana&p=••••••')
  })

  it('has the names of missing values also in hosts and for URL variables', () => {
    const connector = aConnector({
      baseUrl: '{{ base }}',
      variables: [aVariable('base', { inputKind: 'url', required: true }), aVariable('shop', { required: true })],
    })
    const method = aMethod('basic', { phases: [aPhase('verify', { url: 'https://{{ shop }}.acme.test/me' })] })
    const { verify, endpoint } = described({ connector, method, endpoint: anEndpoint() })
    expect(valueOf(verify!).url).toBe('https://{{ shop }}.acme.test/me')
    expect(valueOf(endpoint!).url).toBe('{{ base }}/orders')
  })

  it('has the problem of a request that cannot be built', () => {
    const method = aMethod('basic', {
      phases: [aPhase('verify', { url: '/me' })],
      parameters: [aParameter('a', '{{ nobody }}', { phases: ['verify'] })],
    })
    expect(refusalOf(described({ method }).verify!).code).toBe('unknown_variable')
  })
})
