import { describe, expect, test } from 'vitest'
import { crossOriginHeaders } from '@/lib/platform/door/cross-origin'

const shop = 'https://shop.example'

const headersOf = (headers: Record<string, string>, { url = '/api/v1/flows', origins = [shop] } = {}) =>
  crossOriginHeaders({ url, headers }, origins)

describe('a response of the API', () => {
  test('may be read by a page of a configured origin, never with a session', () => {
    expect(headersOf({ origin: shop })).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': shop,
      'access-control-expose-headers': '*',
    })
  })
  test.each([[{}], [{ origin: 'https://evil.test' }], [{ origin: 'null' }], [{ origin: `${shop}/` }]])(
    'may not be read otherwise, which caches have to know: %j',
    (headers) => expect(headersOf(headers as Record<string, string>)).toEqual({ vary: 'Origin' }),
  )
  test('says nothing of other sites if none is configured', () =>
    expect(headersOf({ origin: shop }, { origins: [] })).toEqual({}))
})

test.each(['/connectors', '/api/auth/session', '/api/v10/flows', '/api/v1/../v2/flows', '//'])(
  'any other response stays closed: %s',
  (url) => expect(headersOf({ origin: shop }, { url })).toEqual({}),
)
