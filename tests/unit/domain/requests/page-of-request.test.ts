import { describe, expect, it } from 'vitest'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { paginationSchema } from '@/lib/domain/pagination-schema'
import { buildEndpointRequest, type EndpointRequestInput } from '@/lib/domain/requests/build-endpoint-request'
import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import {
  aConnector,
  aMethod,
  anEndpoint,
  aParameter,
  methodValues,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'

const numbered = { type: 'page_number', parameter: 'page' }
const linked = { type: 'next_url', from: '$.next' }

type Given = Omit<Partial<EndpointRequestInput>, 'endpoint'> & {
  pagination: object
  value: string | null
  endpoint?: object
}

function build({ pagination, value, endpoint, ...given }: Given) {
  return buildEndpointRequest({
    connector: aConnector(),
    method: aMethod('basic'),
    endpoint: anEndpoint({ url: '/orders', ...endpoint, pagination: paginationSchema.parse(pagination) }),
    values: { instance: methodValues({ username: 'dana', password: 'correct-horse' }) },
    confirmedOrigins: originsUnchecked,
    page: { number: 2, value },
    ...given,
  })
}

const requestOf = (given: Given) => valueOf(build(given)).request
/** The endpoint's own URL. */
const base = requestOf({ pagination: numbered, value: null }).url
const { origin } = new URL(base)

describe('The request of a page', () => {
  it('sends its number as a parameter of the URL, instead of one with the same key', () => {
    const endpoint = { url: '/orders?page=1&a=%20', parameters: [aParameter('limit', '50')] }
    expect(requestOf({ pagination: numbered, value: '2', endpoint }).url).toBe(`${base}?a=%20&limit=50&page=2`)
  })

  it('encodes a token as data', () => {
    const pagination = { type: 'next_token', from: '$.t', parameter: 'page[token]' }
    expect(requestOf({ pagination, value: 'a&b=c d' }).url).toBe(`${base}?page[token]=a%26b%3Dc%20d`)
  })

  it('sends it in a header, which cannot contain a line break', () => {
    const pagination = { type: 'next_token', from: '$.t', place: 'header', parameter: 'X-Page' }
    expect(requestOf({ pagination, value: 'abc' }).headers).toContainEqual(['X-Page', 'abc'])
    expect(refusalOf(build({ pagination, value: 'a\r\nb: c' })).code).toBe('invalid_header')
  })

  it('sends a cursor at its path in a JSON body', () => {
    const pagination = { type: 'body_cursor', from: '$.end', parameter: 'variables.after' }
    const endpoint = { httpMethod: 'POST', bodyFormat: 'json', body: '{"query":"{ a }","variables":{"first":50}}' }
    expect(JSON.parse(String(requestOf({ pagination, value: '"x', endpoint }).body))).toEqual({
      query: '{ a }',
      variables: { first: 50, after: '"x' },
    })
    const first = requestOf({ pagination, value: null, endpoint }).body
    expect(JSON.parse(String(first))).toEqual({ query: '{ a }', variables: { first: 50 } })
  })

  it('sends a page number in a JSON body as a number, and adds the objects on the way', () => {
    const pagination = { ...numbered, place: 'body', parameter: 'paging.page' }
    const endpoint = { httpMethod: 'POST', bodyFormat: 'json', body: '' }
    expect(requestOf({ pagination, value: '3', endpoint }).body).toBe('{"paging":{"page":3}}')
  })

  it('refuses a body that has no object there', () => {
    const pagination = { ...numbered, place: 'body', parameter: 'a.b' }
    const endpoint = { httpMethod: 'POST', bodyFormat: 'json', body: '{"a":[1]}' }
    expect(refusalOf(build({ pagination, value: '3', endpoint })).message).toContain('a.b')
  })

  it('sends it in a form instead of a field with the same name', () => {
    const pagination = { ...numbered, place: 'body' }
    const endpoint = { httpMethod: 'POST', bodyFormat: 'form', body: 'page=1&q=a b' }
    expect(requestOf({ pagination, value: '2', endpoint }).body).toBe('q=a+b&page=2')
  })

  it('is what the endpoint defines if no page is asked for', () => {
    const built = build({ pagination: numbered, value: '2', page: undefined })
    expect(valueOf(built).request.url).toBe(base)
  })
})

describe('A URL of the next page', () => {
  const limited = { url: '/orders', parameters: [aParameter('limit', '50')] }

  it.each([
    ['absolute', `${origin}/orders?cursor=x`, `${origin}/orders?cursor=x`],
    ['a path', '/v2/orders?cursor=x', `${origin}/v2/orders?cursor=x`],
    ['a query', '?cursor=x', `${base}?cursor=x`],
    ['with a template in it', '?q={{ password }}', `${base}?q={{%20password%20}}`],
  ])('that is %s replaces the URL and its parameters', (_what, value, url) => {
    expect(requestOf({ pagination: linked, value, endpoint: limited }).url).toBe(url)
  })

  it('gets what the method and the connector send and the URL lacks', () => {
    const connector = { ...aConnector(), parameters: [aParameter('api-version', '1'), aParameter('lang', 'en')] }
    const value = '/orders?lang=fr'
    expect(requestOf({ pagination: linked, value, connector, endpoint: limited }).url).toBe(
      `${origin}/orders?lang=fr&api-version=1`,
    )
  })

  it('never decides about credentials', () => {
    const placement = { place: 'url' as const, key: 'key', value: '{{ token }}' }
    const method = aMethod('token', { options: valueOf(readMethodOptions('token', { placement })) })
    const built = build({
      ...{ pagination: linked, value: '/orders?key=of-somebody-else&a=1', method },
      values: { instance: methodValues({ token: 'mine-123' }) },
    })
    expect(valueOf(built).request.url).toBe(`${origin}/orders?a=1&key=mine-123`)
  })

  it.each([
    ['another host', 'https://evil.test/orders'],
    ['another scheme', origin.replace('https:', 'http:')],
    ['another port', `${origin}:8443/orders`],
    ['a host without a scheme', '//evil.test/orders'],
    ['a user name', `${origin.replace('https://', 'https://a:b@')}/orders`],
    ['another protocol', 'file:///etc/passwd'],
  ])('is refused with %s', (_what, value) => {
    expect(['host_not_allowed', 'invalid_url']).toContain(refusalOf(build({ pagination: linked, value })).code)
  })

  it('may lead to an allowed host of the connector once it is confirmed', () => {
    const connector = { ...aConnector(), allowedHosts: ['pages.acme.test'] }
    const given = { pagination: linked, value: 'https://pages.acme.test/2', connector }
    expect(requestOf(given).url).toBe('https://pages.acme.test/2')
    expect(refusalOf(build({ ...given, confirmedOrigins: [origin] })).code).toBe('host_not_allowed')
  })
})
