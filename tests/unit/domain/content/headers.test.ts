import { describe, expect, it } from 'vitest'
import { checkHeader, checkHeaderName, mergeHeaders } from '@/lib/domain/content/headers'
import { codeOf, refusalOf } from '@/tests/support/definition-builders'

describe('The name of a header (RFC 9110 §5.1)', () => {
  it.each(['Authorization', 'X-Api-Key', 'x_custom', "!#$%&'*+-.^_`|~1"])('may be %s', (name) => {
    expect(checkHeaderName(name).ok).toBe(true)
  })

  it.each(['', ' ', 'X Api', 'X:Y', 'X-Api:', 'X\r\nY', 'X\n', 'é', '(x)', 'a/b', '"x"', ':path', '{{ x }}'])(
    'may not be %j',
    (name) => {
      expect(codeOf(checkHeaderName(name))).toBe('invalid_header')
    },
  )

  it.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'CONNECTION',
    'Upgrade',
    'TE',
    'Trailer',
    'Expect',
    'Proxy-Authorization',
  ])('may not be %s, which affects where a request goes or ends', (name) => {
    expect(codeOf(checkHeaderName(name))).toBe('invalid_header')
  })
})

describe('The value of a header (RFC 9110 §5.5)', () => {
  it.each(['a\r\nX-Admin: 1', 'a\nb', 'a\rb', '\u0000', 'a\u007fb', '\u001b', 'a\r', '\n'])(
    'must not have a line break or other control character: %j',
    (value) => {
      expect(refusalOf(checkHeader('X-Test', value))).toMatchObject({
        code: 'invalid_header',
        message: expect.stringContaining('control character'),
      })
    },
  )

  it.each(['', 'a b', 'a\tb', 'é', '"quoted"', 'a: b, c; d=e'])('may be %j', (value) => {
    expect(checkHeader('X-Test', value).ok).toBe(true)
  })

  it('must have only characters that are allowed in headers', () => {
    expect(refusalOf(checkHeader('X-Test', '😀')).message).toContain('base64_encode')
    expect(codeOf(checkHeader('X-Test', '\u0100'))).toBe('invalid_header')
  })

  it('is not part of the error message, because it may be a secret', () => {
    expect(refusalOf(checkHeader('X-Test', 's3cret\n')).message).not.toContain('s3cret')
  })
})

describe('mergeHeaders', () => {
  it('keeps the last header of each name, ignoring case', () => {
    expect(
      mergeHeaders(
        [
          ['accept', 'a'],
          ['X-A', '1'],
        ],
        [['Accept', 'b']],
      ),
    ).toEqual([
      ['Accept', 'b'],
      ['X-A', '1'],
    ])
  })
})
