import { describe, expect, it } from 'vitest'
import { compareTestEndpoints, testUrlOf } from '@/lib/domain/requests/test-endpoints'
import { anEndpoint, aParameter, aVariable } from '@/tests/support/definition-builders'

describe('An endpoint as a test request', () => {
  it.each([
    ['needs nothing', {}, '/orders'],
    ['uses only variables of the connector', { url: '/{{ shop }}/orders' }, '/{{ shop }}/orders'],
    [
      'always sends a parameter',
      { parameters: [aParameter('limit', '1 & {{ shop }}')] },
      '/orders?limit=1%20%26%20{{ shop }}',
    ],
    [
      'has optional parameters',
      {
        parameters: [aParameter('page', '{{ page }}', { required: false })],
        variables: [aVariable('page', { level: 'endpoint' })],
      },
      '/orders',
    ],
  ])('is possible if it %s', (_what, given, url) => {
    expect(testUrlOf(anEndpoint(given))).toBe(url)
  })

  it.each([
    ['changes something', { httpMethod: 'POST' as const }],
    ['has a variable in its path', { url: '/orders/{{ id }}', variables: [aVariable('id', { level: 'endpoint' })] }],
    ['has a required variable', { variables: [aVariable('id', { level: 'endpoint', required: true })] }],
    ['always sends a header', { parameters: [aParameter('X-A', '1', { place: 'header' })] }],
    ['uses a value of a flow', { url: '/orders/[[payload.id]]' }],
    ['has an invalid URL', { url: '/orders/{{' }],
  ])('is not possible if it %s', (_what, given) => {
    expect(testUrlOf(anEndpoint(given))).toBeNull()
  })

  it('is listed first if it returns the current user, then by the length of its URL', () => {
    const list = [
      { name: 'Orders', url: '/orders' },
      { name: 'All the orders', url: '/orders/all/of/them' },
      { name: 'Profile', url: '/v2/users/me' },
    ]
    expect(list.sort(compareTestEndpoints).map(({ url }) => url)).toEqual([
      '/v2/users/me',
      '/orders',
      '/orders/all/of/them',
    ])
  })
})
