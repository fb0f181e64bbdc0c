import { describe, expect, test } from 'vitest'
import { requestRefusal } from '@/lib/platform/door/request-refusal'

const local = { configured: [], onlyConfigured: false, isSetUp: true }
const proxied = {
  configured: ['https://patchbay.example.com', 'https://staging.example.com'],
  onlyConfigured: true,
  isSetUp: true,
}

type Given = { method?: string; url?: string; headers?: Record<string, string> }

function statusOf(
  { method = 'GET', url = '/connectors', headers = {} }: Given,
  names = local as typeof proxied,
  apiOrigins: string[] = [],
) {
  const host = names.onlyConfigured ? 'patchbay.example.com' : 'localhost:3000'
  return requestRefusal({ method, url, headers: { host, ...headers } }, names, apiOrigins)?.status ?? null
}

const own = { origin: 'http://localhost:3000' }
const action = { 'next-action': '40aa' }

describe('an address', () => {
  test.each(['/', '/connectors?q=%zz', '/flows/%E2%82%AC', '/a%2Fb', '/x#%zz'])('is read: %s', (url) =>
    expect(statusOf({ url })).toBeNull(),
  )
  test.each(['/%zz', '/connectors/%E0%A4%A', '/%', 'http://evil.example/', '*', ''])('is refused: %s', (url) =>
    expect(statusOf({ url })).toBe(400),
  )
  test('is refused in words for a program too, which has no page', () =>
    expect(
      requestRefusal({ method: 'GET', url: '/api/v1/%zz', headers: { host: 'localhost:3000' } }, local)?.text,
    ).toBe('Its address is not valid. Check it: an address is a path, with two hexadecimal digits after each %.'))
})

describe('a method', () => {
  test.each([
    ['PUT', '/connectors'],
    ['DELETE', '/connectors'],
    ['TRACE', '/connectors'],
    ['TRACE', '/api/auth/session'],
    ['OPTIONS', '/connectors'],
    ['GET', '/api/auth/callback/credentials'],
    ['GET', '/api/auth/callback/credentials?x=1'],
  ])('is refused if no route accepts it: %s %s', (method, url) => expect(statusOf({ method, url })).toBe(405))
  test.each([
    ['HEAD', '/connectors'],
    ['GET', '/api/auth/session'],
    ['PATCH', '/api/v1/connectors/x'],
  ])('is passed to the app: %s %s', (method, url) => expect(statusOf({ method, url })).toBeNull())
})

describe('a change', () => {
  test('is accepted from a page of the installation', () => {
    expect(statusOf({ method: 'POST', headers: { ...own, ...action } })).toBeNull()
    expect(
      statusOf({ method: 'POST', headers: { origin: 'https://staging.example.com', ...action } }, proxied),
    ).toBeNull()
  })
  test.each([
    'http://evil.example',
    'http://localhost:8080',
    'http://localhost',
    'https://localhost:3000.evil.example',
    'null',
    'file://',
    '',
  ])('is refused from another origin: %s', (origin) => {
    expect(statusOf({ method: 'POST', headers: { origin, ...action } })).toBe(403)
    expect(statusOf({ method: 'POST', url: '/api/auth/callback/credentials', headers: { origin } })).toBe(403)
  })
  test('is refused without an origin, from a script and from a form', () => {
    expect(statusOf({ method: 'POST', headers: action })).toBe(403)
    expect(statusOf({ method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } })).toBe(403)
  })
  test('is refused from this machine’s own address if APP_URL is another one', () => {
    expect(statusOf({ method: 'POST', headers: { ...own, ...action } }, proxied)).toBe(403)
  })
  test('is accepted without an origin from a program that calls the API', () => {
    expect(statusOf({ method: 'POST', url: '/api/auth/callback/credentials' })).toBeNull()
  })
  test('is accepted from a third party’s page only as a callback', () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://vendor.example' }
    expect(statusOf({ method: 'POST', url: '/oauth/authenticate?x=1', headers: form })).toBeNull()
    expect(statusOf({ method: 'POST', url: '/oauth/authenticate', headers: { ...form, ...action } })).toBe(403)
    expect(statusOf({ method: 'POST', url: '/connectors', headers: form })).toBe(403)
  })
})

describe('a request for the MCP endpoint', () => {
  test.each(['GET', 'POST', 'DELETE'])('is refused from another origin, whatever the method: %s', (method) => {
    expect(statusOf({ method, url: '/api/mcp', headers: { origin: 'http://evil.example' } })).toBe(403)
    expect(statusOf({ method, url: '/api/mcp?x=1', headers: own })).toBeNull()
    expect(statusOf({ method, url: '/api/mcp' })).toBeNull()
  })
})

test('a body of more than 2 MB is refused before it is read', () => {
  const given = (length: number) => ({
    method: 'POST',
    headers: { ...own, ...action, 'content-length': String(length) },
  })
  expect(statusOf(given(2 * 1024 * 1024))).toBeNull()
  expect(statusOf(given(2 * 1024 * 1024 + 1))).toBe(413)
})

describe('a page of another site that uses the API', () => {
  const shop = 'https://shop.example'
  const bearer = { authorization: 'Bearer pb_x' }
  const cookie = { cookie: 'session=x' }
  const of = (method: string, headers: Record<string, string>, url = '/api/v1/flows', origins = [shop]) =>
    statusOf({ method, url, headers: { origin: shop, ...headers } }, undefined, origins)

  test.each(['GET', 'POST', 'PATCH', 'DELETE'])('may do so with a key, if its origin is configured: %s', (method) => {
    expect(of(method, bearer)).toBeNull()
    expect(of(method, { ...bearer, ...cookie })).toBeNull()
    // Refused by the API, in words that the page can read.
    expect(of(method, {})).toBeNull()
  })
  test('may ask before', () => expect(of('OPTIONS', { 'access-control-request-method': 'PATCH' })).toBeNull())
  test.each(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'])('is refused with a session instead of a key: %s', (method) =>
    expect(of(method, cookie)).toBe(403),
  )
  test.each([
    ['https://shop.example.evil.test', '/api/v1/flows'],
    ['http://shop.example', '/api/v1/flows'],
    ['https://shop.example:8443', '/api/v1/flows'],
    ['null', '/api/v1/flows'],
    [shop, '/connectors'],
    [shop, '/api/auth/session'],
    [shop, '/api/v1/../../connectors'],
    [shop, '/api/v1/%2e%2e/%2e%2e/connectors'],
  ])('is refused as %s at %s', (origin, url) => expect(of('POST', { ...bearer, origin }, url)).toBe(403))
  test('is refused if nothing is configured', () => {
    expect(of('POST', bearer, undefined, [])).toBe(403)
    expect(of('OPTIONS', {}, undefined, [])).toBe(403)
  })
  test('is not another site if it is this installation', () => {
    const ownHeaders = { ...own, ...cookie }
    expect(of('POST', ownHeaders, undefined, [own.origin])).toBeNull()
  })
})
