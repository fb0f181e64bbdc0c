import { describe, expect, it } from 'vitest'
import {
  base64,
  base64url,
  formEncode,
  formEncodePairs,
  jsonEscape,
  percentEncode,
  xmlEscape,
} from '@/lib/domain/encoding'

describe('Encodings', () => {
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('base64 of %j is %j (RFC 4648 §10)', (text, expected) => {
    expect(base64(text)).toBe(expected)
    expect(base64url(text)).toBe(expected.replace(/=+$/, ''))
  })

  it('form encoding follows RFC 6749 appendix B', () => {
    expect(formEncode(' %&+\u00A3\u20AC')).toBe('+%25%26%2B%C2%A3%E2%82%AC')
    expect(
      formEncodePairs([
        ['a', 'b c'],
        ['a', '&'],
      ]),
    ).toBe('a=b+c&a=%26')
  })

  it('percent encoding leaves only unreserved characters (RFC 3986 §2.3)', () => {
    expect(percentEncode("AZaz09-._~!'()*:/?#[]@")).toBe('AZaz09-._~%21%27%28%29%2A%3A%2F%3F%23%5B%5D%40')
  })

  it('no encoding fails on half of a surrogate pair', () => {
    for (const encode of [base64, base64url, percentEncode, formEncode, jsonEscape, xmlEscape])
      expect(() => encode('a\ud800b')).not.toThrow()
  })

  it('escapes JSON and XML', () => {
    expect(jsonEscape('a"b\\\n')).toBe('a\\"b\\\\\\n')
    expect(xmlEscape(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;')
  })
})
