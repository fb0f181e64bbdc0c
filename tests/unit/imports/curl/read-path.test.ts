import { describe, expect, it } from 'vitest'
import { behindBaseUrl } from '@/lib/imports/curl/read-path'

describe('the part of an address behind a base URL', () => {
  it.each([
    ['{{ shop_url }}', '/v2/orders'],
    ['{{ shop_url }}/v2', '/orders'],
    ['{{ shop_url }}/v3', null],
    ['https://acme.api.test/v2/orders/', ''],
    ['https://acme.api.test/v2/orders/all', null],
    ['https://acme.api.test/v', null],
    ['https://acme.api.test/V2', '/orders'],
    ['http://acme.api.test', null],
    ['https://{{ shop }}.api.test/{{ version }}', '/orders'],
    ['https://{{ shop | append: "/" }}.api.test', '/v2/orders'],
    ['https://{{ a }}{{ b }}.test/v2', '/orders'],
    ['https://{{ shop }}.acme.test', null],
    ['https://acme{{ suffix }}.api.test', null],
    ['https://{{ a }}api{{ b }}api.test', null],
    ['https://{{ a }}.{{ b }}test/{{ c }}2', '/orders'],
    ['', null],
  ])('%j is %j', (baseUrl, behind) => {
    expect(behindBaseUrl(baseUrl, 'https://acme.api.test/v2/orders')).toBe(behind)
  })

  it('is found quickly with many variables', () => {
    const began = performance.now()
    const variables = Array.from({ length: 60 }, (_, index) => `{{ a${index} }}`)
    expect(behindBaseUrl(`https://${variables.join('')}b.test`, `https://${'a'.repeat(16_000)}.test`)).toBeNull()
    expect(behindBaseUrl(`https://a.test/${variables.join('a')}b`, `https://a.test/${'a'.repeat(16_000)}`)).toBeNull()
    expect(behindBaseUrl(`https://a.test/${variables.join('/')}/b`, `https://a.test${'/a'.repeat(8_000)}`)).toBeNull()
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
