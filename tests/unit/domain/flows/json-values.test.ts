import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readJson, writeJson } from '@/lib/domain/flows/values/json'
import { readValue, writeValue } from '@/lib/domain/flows/values/read-value'
import { ExactNumber } from '@/lib/domain/flows/values/value'
import { utf8 } from '@/lib/domain/encoding'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'

describe('A number in JSON', () => {
  it.each([
    ...[
      '12345678901234567890',
      '-9007199254740993',
      '1.10',
      '10.00',
      '0.1',
      '1e400',
      '1E5',
      '1e-7',
      '-0',
      '-0.0',
      '0.0000001',
    ],
    ...['3.141592653589793238462643', '123456789012345.6', '0', '-1', '42', '1.5', '9007199254740991', '0.000001'],
  ])('is written exactly as it was read: %s', (number) => {
    const text = `{"id":${number},"list":[${number}]}`
    expect(writeJson(valueOf(readJson(text)))).toBe(text)
    expect(writeJson(valueOf(readJson(number)))).toBe(number)
  })

  it('is a number of JavaScript if that loses nothing', () => {
    expect(valueOf(readJson('[1, 1.5, 1.50]'))).toEqual([1, 1.5, new ExactNumber('1.50')])
  })

  test('of any notation keeps its text', () => {
    const digits = fc.stringMatching(/^-?(?:0|[1-9]\d{0,24})(?:\.\d{1,24})?(?:[eE][+-]?\d{1,4})?$/)
    fc.assert(fc.property(digits, (number) => writeJson(valueOf(readJson(`[${number}]`))) === `[${number}]`))
  })
})

describe('JSON', () => {
  test('is read as JSON.parse reads it, also if a number makes the own reader necessary', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => {
        expect(JSON.parse(writeJson(valueOf(readJson(json))))).toEqual(JSON.parse(json))
        const value = valueOf(readJson(`[1.10, ${json}]`))
        expect(JSON.parse(writeJson(value))).toEqual([1.1, JSON.parse(json)])
      }),
    )
  })

  test.each([
    ...[
      '',
      ' ',
      '{',
      '[1,]',
      '{"a":1,}',
      '{a:1}',
      "{'a':1}",
      '[1 2]',
      '01',
      '+1',
      '1.',
      '.5',
      'NaN',
      'nul',
      'truee',
      '"a',
    ],
    ...[
      '"\\x"',
      '"\\u12"',
      '"\n"',
      '{"a" 1}',
      '{"a":}',
      '[1.10}',
      '{1.10:1}',
      '[1.10] x',
      '[1.10,',
      '"\u0000"',
      '["\n", 1.10]',
      '/**/1',
    ],
  ])('that is not JSON is refused: %j', (text) => {
    expect(refusalOf(readJson(text)).message).toMatch(/^The payload is (?:not JSON|empty)/)
  })

  it('is refused with the place, never with its content', () => {
    expect(refusalOf(readJson('{"token": "s3cret",\n  x}')).message).toBe(
      'The payload is not JSON: see line 2, character 3.',
    )
  })

  it('keeps a property that is called __proto__ as its own', () => {
    for (const number of ['1', '1.10']) {
      const text = `{"__proto__":{"a":${number}},"constructor":2}`
      const value = valueOf(readJson(text)) as Record<string, unknown>
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
      expect(writeJson(value as never)).toBe(text)
    }
  })

  it('takes the last of several properties with the same name', () => {
    expect(writeJson(valueOf(readJson('{"a":1.10,"a":2}')))).toBe('{"a":2}')
  })

  it.each(['[', '{"a":'])('that is too deep is refused before it is read: %s', (open) => {
    expect(refusalOf(readJson(open.repeat(1_000_000))).message).toContain('nested too deeply')
  })

  it('with too many values is refused', () => {
    expect(refusalOf(readJson(`[${'1,'.repeat(2_000_001)}1]`)).message).toContain('too many values')
  })

  it.each(['1.', '-0', '0.0', '9', '0.000000', '["1e", ', '1.1.'])(
    'of %s repeated is decided in linear time',
    (piece) => {
      expect(readJson(`"${piece.replaceAll('"', '')}`.repeat(200_000)).ok).toBe(false)
      expect(readJson(piece.repeat(200_000)).ok).toBe(piece === '9')
    },
  )
})

describe('The content of a payload', () => {
  it('may begin with a byte order mark, and be UTF-16', () => {
    expect(valueOf(readValue(utf8('\ufeff{"a":1}'), 'json'))).toEqual({ a: 1 })
    const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from('a;é\n1;2', 'utf16le')])
    expect(valueOf(readValue(utf16, 'csv', { delimiter: ';', hasHeader: true }))).toEqual([{ a: '1', é: '2' }])
  })

  it('is refused if it is not text in its encoding, instead of replacing characters', () => {
    expect(refusalOf(readValue(Uint8Array.from([0x22, 0xe9, 0x22]), 'json')).message).toBe(
      'The payload is not text in UTF-8.',
    )
  })

  it('is refused if it is longer than a payload can be', () => {
    expect(refusalOf(readValue(new Uint8Array(104_857_601), 'text')).message).toContain('100 MiB')
  })

  it('that is plain text is one text, and binary content has no values', () => {
    expect(valueOf(readValue(utf8('a,b'), 'text'))).toBe('a,b')
    expect(refusalOf(readValue(utf8('a'), 'binary')).message).toContain('binary')
    expect(valueOf(writeValue(new ExactNumber('1.10'), 'text'))).toEqual(utf8('1.10'))
    expect(writeValue({ a: 1 }, 'text').ok).toBe(false)
    expect(writeValue('a', 'binary').ok).toBe(false)
  })
})
