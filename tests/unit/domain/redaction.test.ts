import { describe, expect, it } from 'vitest'
import { base64, base64url, formEncode, jsonEscape, percentEncode, xmlEscape } from '@/lib/domain/encoding'
import { createRedactor, secretMask } from '@/lib/domain/redaction'
import { SecretBook } from '@/lib/domain/secret-book'
import { hostileBodies, longBodies } from '@/tests/support/hostile-inputs'

const secrets = [
  'correct-horse',
  'p@ss w/ord+é&=?',
  'quote"back\\slash',
  'a/b+c==',
  '<xml>&co',
  'line\nbreak\tx',
  '$1.*+?^${}()|[]',
]

describe('A secret is redacted by its value, wherever it occurs (DATA §10)', () => {
  it.each(secrets)('in every form: %j', (secret) => {
    const { text } = createRedactor({ secrets: SecretBook.of(secret) })
    const lower = (encoded: string) => encoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())
    const forms = {
      plain: secret,
      percent: percentEncode(secret),
      percentLower: lower(percentEncode(secret)),
      component: encodeURIComponent(secret),
      form: formEncode(secret),
      formLower: lower(formEncode(secret)),
      base64: base64(secret),
      base64url: base64url(secret),
      base64InUrl: percentEncode(base64(secret)),
      json: jsonEscape(secret),
      jsonInJson: jsonEscape(jsonEscape(secret)),
      xml: xmlEscape(secret),
    }
    for (const [name, form] of Object.entries(forms))
      expect([name, text(`before ${form} after ${form}`)]).toEqual([name, `before ${secretMask} after ${secretMask}`])
  })

  it.each([0, 1, 2, 3, 4, 5])('inside the base64 of a longer text, after %d characters', (length) => {
    const { text } = createRedactor({ secrets: SecretBook.of('correct-horse-battery') })
    const whole = base64(`${'u'.repeat(length)}correct-horse-battery:tail`)
    expect(text(whole)).toContain(secretMask)
    expect(text(whole).length).toBeLessThan(whole.length - 12)
  })

  it('the longer of two secrets is redacted first, so that no part of it remains', () => {
    expect(createRedactor({ secrets: SecretBook.of('abcd', 'abcdefgh') }).text('x abcdefgh abcd')).toBe(
      `x ${secretMask} ${secretMask}`,
    )
  })

  it('a value of fewer than four characters is only redacted by the name of its field', () => {
    const redactor = createRedactor({ secrets: SecretBook.of('abc', '') })
    expect(redactor.text('abc in alphabet')).toBe('abc in alphabet')
    expect(redactor.body('{"password":"abc"}')).toBe(`{"password":"${secretMask}"}`)
  })

  it('does not touch a text without secrets', () => {
    expect(createRedactor({ secrets: new SecretBook() }).text('anything')).toBe('anything')
    expect(createRedactor({ secrets: SecretBook.of(...secrets) }).body('{"orders":[{"id":1,"code":"SKU-1"}]}')).toBe(
      '{"orders":[{"id":1,"code":"SKU-1"}]}',
    )
  })
})

describe('A secret is redacted by the name of its field', () => {
  const redactor = createRedactor({ secrets: new SecretBook(), fieldNames: ['X-Shop-Key'] })

  it('in headers, with the scheme left readable', () => {
    expect(
      redactor.headers([
        ['Authorization', 'Bearer abc'],
        ['authorization', 'abc'],
        ['X-Api-Key', 'abc'],
        ['Set-Cookie', 'a=b'],
        ['x-shop_key', 'abc'],
        ['Accept', 'abc'],
      ]),
    ).toEqual([
      ['Authorization', `Bearer ${secretMask}`],
      ['authorization', secretMask],
      ['X-Api-Key', secretMask],
      ['Set-Cookie', secretMask],
      ['x-shop_key', secretMask],
      ['Accept', 'abc'],
    ])
  })

  it('in a URL in a header', () => {
    expect(redactor.headers([['Location', 'https://a.test/cb?access_token=abc&x=1']])).toEqual([
      ['Location', `https://a.test/cb?access_token=${secretMask}&x=1`],
    ])
  })

  it('in the query and the fragment of a URL, and before its host', () => {
    expect(redactor.url('https://u:p@a.test/x?page=1&api_key=abc&access%5Ftoken=def#access_token=ghi&x=1')).toBe(
      `https://${secretMask}@a.test/x?page=1&api_key=${secretMask}&access%5Ftoken=${secretMask}#access_token=${secretMask}&x=1`,
    )
  })

  it('in JSON, also nested, truncated, and as a number', () => {
    expect(redactor.body('{"a":{"clientSecret" : "x\\"y", "n":1},"refresh_token":12,"access_token":"cut o')).toBe(
      `{"a":{"clientSecret" : "${secretMask}", "n":1},"refresh_token":"${secretMask}","access_token":"${secretMask}"`,
    )
  })

  it('in a form', () => {
    expect(redactor.body('grant_type=password&password=abc&client_secret=d%20e')).toBe(
      `grant_type=password&password=${secretMask}&client_secret=${secretMask}`,
    )
  })
})

describe('A secret that is an ordinary word of a message', () => {
  const shown = (secret: string, text: string) => createRedactor({ secrets: SecretBook.of(secret) }).text(text)

  it.each([
    ['wrong', 'The username or the password is wrong'],
    ['wrong', 'The username or the password is wrong.'],
    ['password', 'password is wrong'],
    ['password', '{"message":"The username or the password is wrong, try again"}'],
    ['invalid', 'an invalid password'],
  ])('%s leaves the sentence readable: %s', (secret, text) => {
    expect(shown(secret, text)).toBe(text)
  })

  it.each([
    ['wrong', 'wrong', secretMask],
    ['wrong', 'The password is: wrong', `The password is: ${secretMask}`],
    ['wrong', 'The password “wrong” is too short', `The password “${secretMask}” is too short`],
    ['wrong', '{"pin":"wrong"}', `{"pin":"${secretMask}"}`],
    ['wrong', 'pin=wrong&x=1', `pin=${secretMask}&x=1`],
    ['wrong', '<pin>wrong</pin>', `<pin>${secretMask}</pin>`],
    ['wrong', base64('user:wrong'), expect.stringContaining(secretMask)],
    ['sesame', 'The password sesame is too short', `The password ${secretMask} is too short`],
  ])('%s is redacted where it is a value: %s', (secret, text, redacted) => {
    expect(shown(secret, text)).toEqual(redacted)
  })
})

describe('Redacting', () => {
  it('leaves a long body unchanged if it contains none of many secrets', () => {
    const { body } = createRedactor({
      secrets: SecretBook.of(...Array.from({ length: 30 }, (_, index) => `secret-number-${index}-${'x'.repeat(40)}`)),
    })
    for (const text of longBodies) expect(body(text)).toBe(text)
  })
})

describe('Searching a response for secrets cannot block the server', () => {
  const { body, headers, url } = createRedactor({ secrets: SecretBook.of(...secrets), fieldNames: ['api_key'] })

  it.each(Object.entries(hostileBodies))('%s are returned unchanged', (_what, text) => {
    expect(body(text)).toBe(text)
    expect(headers([['X-Next', text.slice(0, 60_000)]])).toEqual([['X-Next', text.slice(0, 60_000)]])
    expect(url(`https://api.acme.test/?${text.slice(0, 60_000)}`)).toContain('https://api.acme.test/?')
  })

  it('a document of many megabytes in JSON is returned unchanged, and the secret beside it is redacted', () => {
    const document = 'QUJD'.repeat(3 * 1024 * 1024)
    const masked = body(JSON.stringify({ document, password: 'a"b\\', 'api-key': -12.5e3, after: `${document}\\"` }))
    expect(JSON.parse(masked)).toEqual({
      document,
      password: secretMask,
      'api-key': secretMask,
      after: `${document}\\"`,
    })
  })
})
