import { describe, expect, it } from 'vitest'
import { checkCookieName, encodeCookieValue, withCookies } from '@/lib/domain/content/cookies'
import { codeOf, valueOf } from '@/tests/support/definition-builders'

describe('The value of a cookie', () => {
  it.each([
    ['abc-123_.~', 'abc-123_.~'],
    ["!#$&'()*+-./:<=>?@[]^_`{|}~", "!#$&'()*+-./:<=>?@[]^_`{|}~"],
    ['a; admin=1', 'a%3B%20admin=1'],
    ['a,b"c\\d', 'a%2Cb%22c%5Cd'],
    ['100%', '100%25'],
    ['line\r\nSet-Cookie: x', 'line%0D%0ASet-Cookie:%20x'],
    ['Zürich 🏔', 'Z%C3%BCrich%20%F0%9F%8F%94'],
    ['', ''],
  ])('%j is sent as %j, and is the same after decoding', (value, sent) => {
    expect(encodeCookieValue(value)).toBe(sent)
    expect(decodeURIComponent(sent)).toBe(value)
  })

  it('half of a surrogate pair is replaced, because it cannot be encoded', () => {
    expect(encodeCookieValue('a\ud800')).toBe('a%EF%BF%BD')
  })
})

describe('The name of a cookie', () => {
  it('is a token: no space, no delimiter, not empty', () => {
    expect(valueOf(checkCookieName('__Host-shop.id'))).toBe('__Host-shop.id')
    for (const name of ['', 'a b', 'a=b', 'a;b', 'ü', 'a\n'])
      expect(codeOf(checkCookieName(name))).toBe('invalid_header')
  })
})

describe('The Cookie header', () => {
  it('is one header: first the value of a Cookie header, then the last cookie of each name', () => {
    const headers: [string, string][] = [
      ['cookie', 'a=1; b=2'],
      ['Accept', '*/*'],
    ]
    expect(
      withCookies(headers, [
        ['c', '3'],
        ['d', '4'],
        ['c', '5'],
      ]),
    ).toEqual([
      ['Accept', '*/*'],
      ['Cookie', 'a=1; b=2; c=5; d=4'],
    ])
    expect(withCookies(headers, [])).toBe(headers)
  })
})
