import { describe, expect, it, test } from 'vitest'
import { compareValues, comparisonInWords } from '@/lib/domain/flows/compare/compare-values'
import { readJson } from '@/lib/domain/flows/values/json'
import { valueOf } from '@/tests/support/definition-builders'

const compare = (expected: string, actual: string, isPartial = false) =>
  compareValues(valueOf(readJson(expected)), valueOf(readJson(actual)), isPartial)
const lines = (expected: string, actual: string, isPartial = false) =>
  compare(expected, actual, isPartial).differences.map(({ path, message }) => `${path}: ${message}`)

describe('A payload is as expected', () => {
  test.each([
    ['{"a":1,"b":[true,null]}', '{"b":[true,null],"a":1}'],
    ['[1.10, 100, 0, 12345678901234567890]', '[1.1, 1e2, -0.0, 12345678901234567890.0]'],
    ['{}', '{}'],
    ['"é"', '"\\u00e9"'],
  ])('if it is equal: %s and %s', (expected, actual) => {
    expect(compare(expected, actual)).toEqual({ differences: [], hasMore: false })
  })

  it('with further properties only if that is allowed', () => {
    expect(lines('{}', '{"a":{"b":1}}', true)).toEqual([])
    expect(lines('{"a":[{"b":1}]}', '{"a":[{"b":1,"c":2}],"d":3}', true)).toEqual([])
    expect(lines('{"a":[1]}', '{"a":[1,2]}', true)).toEqual(['a: Expected 1 item, but there are 2.'])
    expect(lines('{}', '{"a":{"b":1}}')).toEqual(['a: It is an object with 1 property, but it is not expected.'])
  })
})

describe('A difference is named with its path', () => {
  test.each([
    ['{"a":{"b":[1,2]}}', '{"a":{"b":[1,3]}}', 'a.b.1: Expected 2, but it is 3.'],
    ['{"order id":1}', '{}', "['order id']: Expected 1, but it is missing."],
    ['[1]', '[]', ': Expected 1 item, but there are 0.'],
    ['[1,2]', '[1]', ': Expected 2 items, but there is 1.'],
    ['[]', '{}', ': Expected a list of 0 items, but it is an object with 0 properties.'],
    ['null', '[1]', ': Expected null, but it is a list of 1 item.'],
    ['1', '"1"', ': Expected 1, but it is “1” (expected a number, but it is text).'],
    ['"true"', 'true', ': Expected “true”, but it is true (expected text, but it is true or false).'],
    [
      '12345678901234567890',
      '12345678901234567891',
      ': Expected 12345678901234567890, but it is 12345678901234567891.',
    ],
    ['1e400', '1e401', ': Expected 1e400, but it is 1e401.'],
    ['{"__proto__":1}', '{}', '__proto__: Expected 1, but it is missing.'],
    ['{}', '{"constructor":1}', 'constructor: It is 1, but it is not expected.'],
    ['"a"', '"line\\nbreak"', ': Expected “a”, but it is “line break”.'],
  ])('%s and %s', (expected, actual, line) => {
    expect(lines(expected, actual)).toEqual([line])
  })

  it('and at most ten are, with long values cut', () => {
    const numbers = (from: number) => JSON.stringify(Array.from({ length: 11 }, (_, index) => from + index))
    expect(compare(numbers(0), numbers(100))).toMatchObject({ differences: { length: 10 }, hasMore: true })
    expect(compare(numbers(0), numbers(100).replace('110]', '10]'))).toMatchObject({
      differences: { length: 10 },
      hasMore: false,
    })
    expect(lines('1', `"${'x'.repeat(1_000)}"`)[0]).toHaveLength(
      `: Expected 1, but it is “${'x'.repeat(120)}…”.`.length,
    )
  })

  it('in large payloads and long numbers without delay', () => {
    const list = `[${'0,'.repeat(100_000)}0]`
    expect(lines(list, list.replace(/0]$/, '1]'))).toEqual(['100000: Expected 0, but it is 1.'])
    expect(lines(`1${'0'.repeat(500_000)}1`, `1${'0'.repeat(500_000)}2`)).toHaveLength(1)
    expect(lines('1e999999999999', `1e${'9'.repeat(1_000)}`)).toHaveLength(1)
  })
})

it('The error of a payload has all differences in sentences', () => {
  expect(comparisonInWords(compare('{"a":1,"b":2}', '{"a":2,"b":2}'))).toBe(
    'The payload is not as expected. a: Expected 1, but it is 2.',
  )
  const shown = { differences: [{ path: '', message: 'Expected 1, but it is 2.' }], hasMore: true }
  expect(comparisonInWords(shown)).toBe(
    'The payload is not as expected. Expected 1, but it is 2. There are further differences.',
  )
})
