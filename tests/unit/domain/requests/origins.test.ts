import { describe, expect, it } from 'vitest'
import { originsOf, renderedOrigins } from '@/lib/domain/requests/origins'
import { aConnector, aMethod, anEndpoint, anOAuthMethod, aPhase, aVariable } from '@/tests/support/definition-builders'

describe('The origins of a connector (DATA §6)', () => {
  it('are those of its base URL, methods and endpoints, each with its uses', () => {
    const connector = aConnector({
      baseUrl: 'https://API.acme.test:443/v1',
      allowedHosts: ['*.acme.test', 'localhost:4010'],
    })
    const endpoints = [
      anEndpoint({ name: 'List', url: '/orders' }),
      anEndpoint({ name: 'Files', url: 'https://{{ shop }}.files.acme.test/x' }),
      anEndpoint({ name: 'Other', url: '{{ base }}/x' }),
    ]
    expect(originsOf(connector, [anOAuthMethod()], endpoints)).toEqual([
      { origin: 'https://api.acme.test', from: ['Base URL'] },
      {
        origin: 'https://login.acme.test',
        from: ['OAuth 2 (authorisation code): Authorise URL', 'OAuth 2 (authorisation code): URL / Token URL'],
      },
      { origin: 'https://{shop}.files.acme.test', from: ['Endpoint Files'] },
      { origin: '{base}', from: ['Endpoint Other'] },
      { origin: 'https://*.acme.test', from: ['Allowed hosts'] },
      { origin: 'https://localhost:4010', from: ['Allowed hosts'] },
      { origin: 'http://localhost:4010', from: ['Allowed hosts'] },
    ])
  })

  it('do not include invalid URLs', () => {
    expect(
      originsOf(
        aConnector({ baseUrl: 'javascript:alert(1)', allowedHosts: ['*'] }),
        [],
        [anEndpoint({ url: 'https://{{ host }}/x' })],
      ),
    ).toEqual([])
  })

  it('have at most ten uses each', () => {
    const endpoints = Array.from({ length: 50 }, (_, index) =>
      anEndpoint({ name: `E${index}`, url: 'https://b.test/x' }),
    )
    expect(originsOf(aConnector({ baseUrl: '' }), [], endpoints)[0]?.from).toHaveLength(10)
  })
})

describe('The rendered origins of an instance', () => {
  const connector = aConnector({
    baseUrl: 'https://{{ account }}.acme.test/{{ version }}',
    allowedHosts: ['*.shops.test'],
    variables: [aVariable('account'), aVariable('version'), aVariable('shop_url', { inputKind: 'url' })],
  })
  const method = aMethod('basic', { phases: [aPhase('verify', { url: '{{ shop_url }}/me' })] })
  const origins = (values: Record<string, string>) =>
    renderedOrigins(
      { connector, method, endpoints: [anEndpoint(), anEndpoint({ url: 'https://fixed.test/x' })] },
      { instance: new Map(Object.entries(values).map(([key, value]) => [`connector-${key}`, value])) },
    )

  it('change with a value in a host and with a URL variable', () => {
    const before = origins({ account: 'one', version: 'v1', shop_url: 'https://a.shops.test' })
    expect(before).toEqual(['https://a.shops.test', 'https://fixed.test', 'https://one.acme.test'])
    expect(origins({ account: 'two', version: 'v1', shop_url: 'https://a.shops.test' })).not.toEqual(before)
    expect(origins({ account: 'one', version: 'v1', shop_url: 'https://b.shops.test' })).not.toEqual(before)
  })

  it('do not change with a value in a path or with capital letters', () => {
    expect(origins({ account: 'ONE', version: 'v2', shop_url: 'https://a.shops.test/' })).toEqual(
      origins({ account: 'one', version: 'v1', shop_url: 'https://a.shops.test' }),
    )
  })

  it('do not include origins with missing or refused values', () => {
    expect(origins({ shop_url: 'https://evil.test' })).toEqual(['https://fixed.test'])
  })
})
