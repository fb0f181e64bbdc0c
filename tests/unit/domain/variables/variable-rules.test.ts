import { describe, expect, it } from 'vitest'
import {
  checkLockedEdit,
  checkRemoval,
  matchesPattern,
  validateVariableDefinition,
  validateVariableValue,
} from '@/lib/domain/variables/variable-rules'
import { variableLimits } from '@/lib/domain/variables/value-rules'
import { aVariable, codeOf, controlValues, refusalOf } from '@/tests/support/definition-builders'

const value = (given: Parameters<typeof aVariable>[1], text: string) =>
  validateVariableValue(aVariable('x', { displayName: 'Shop', ...given }), text)

describe('A typed value', () => {
  it('has at most 16,384 characters, which is enough for an assertion or a chain of certificates', () => {
    expect(value({}, 'x'.repeat(variableLimits.value)).ok).toBe(true)
    expect(codeOf(value({}, 'x'.repeat(variableLimits.value + 1)))).toBe('invalid_value')
  })

  it('may be longer than a default value, which everyone sees', () => {
    const draft = (defaultValue: string) => validateVariableDefinition(aVariable('x', { defaultValue }))
    expect(draft('x'.repeat(variableLimits.text)).ok).toBe(true)
    expect(refusalOf(draft('x'.repeat(variableLimits.text + 1)))).toMatchObject({
      code: 'invalid_value',
      field: 'defaultValue',
    })
  })

  it('may be empty unless it is required and has no default', () => {
    expect(value({}, '').ok).toBe(true)
    expect(value({ required: true, defaultValue: 'x' }, '').ok).toBe(true)
    expect(codeOf(value({ required: true }, ''))).toBe('missing_value')
  })

  it.each(controlValues)('must not have control characters in one line: %j', (text) => {
    expect(codeOf(value({}, text))).toBe('invalid_value')
    expect(codeOf(value({ secret: true }, text))).toBe('invalid_value')
  })

  it('may have line breaks and tabs in several lines, but no other control characters', () => {
    expect(value({ inputKind: 'multiline' }, '-----BEGIN\r\n\tx\n').ok).toBe(true)
    expect(codeOf(value({ inputKind: 'multiline' }, 'a\u0000b'))).toBe('invalid_value')
  })

  it('must not have half of a surrogate pair', () => {
    expect(codeOf(value({}, 'a\ud800b'))).toBe('invalid_value')
    expect(value({}, '😀').ok).toBe(true)
  })

  it.each([
    ['40', true],
    ['-2.5', true],
    ['0', true],
    ['', true],
    ['1e5', false],
    ['abc', false],
    ['1,5', false],
    ['Infinity', false],
    ['0x10', false],
    [' 1', false],
    ['.5', false],
  ])('as a number: %j is %s', (text, valid) => {
    expect(value({ inputKind: 'number' }, text).ok).toBe(valid)
  })

  it('of a select is one of the options', () => {
    const options = [{ value: 'eu', label: 'Europe' }]
    expect(value({ inputKind: 'select', options }, 'eu').ok).toBe(true)
    expect(codeOf(value({ inputKind: 'select', options }, 'Europe'))).toBe('invalid_value')
    expect(codeOf(value({ inputKind: 'select', options }, 'constructor'))).toBe('invalid_value')
  })

  it.each([
    'javascript:alert(1)',
    'ftp://a.test',
    'a.test',
    'https://',
    'https://u:p@a.test',
    '//a.test',
    'data:text/html,x',
    'https:a.test',
  ])('as a URL is not %s', (text) => {
    expect(codeOf(value({ inputKind: 'url' }, text))).toBe('invalid_value')
  })

  it('as a URL starts with http or https', () => {
    expect(value({ inputKind: 'url' }, 'https://shop.myapp.com').ok).toBe(true)
    expect(value({ inputKind: 'url' }, 'http://localhost:4010').ok).toBe(true)
  })

  it('must match the whole pattern', () => {
    expect(value({ pattern: '[a-z]+' }, 'abc').ok).toBe(true)
    expect(codeOf(value({ pattern: '[a-z]+' }, 'abc1'))).toBe('invalid_value')
    expect(codeOf(value({ pattern: 'a|b' }, 'ab'))).toBe('invalid_value')
    expect(value({ pattern: '2[2-9]|[3-9][0-9]|1[01][0-9]|12[0-8]' }, '128').ok).toBe(true)
  })

  it('is never quoted in an error message', () => {
    for (const given of [
      {},
      { inputKind: 'number' },
      { inputKind: 'url' },
      { inputKind: 'select' },
      { pattern: 'x' },
    ] as const) {
      expect(refusalOf(value(given, 's3cret\nvalue')).message).not.toContain('s3cret')
    }
  })

  it('is matched in linear time', () => {
    expect(matchesPattern('(a+)+$', `${'a'.repeat(4_000)}b`)).toBe(false)
  })
})

describe('A definition', () => {
  const definition = (given: Parameters<typeof aVariable>[1]) => validateVariableDefinition(aVariable('x', given))

  it.each([
    '',
    '1a',
    'a-b',
    'a b',
    'a.b',
    'é',
    'a'.repeat(65),
    'access_token',
    'now',
    'nonce',
    'uuid',
    'refresh_token',
    'true',
    'nil',
    'empty',
  ])('cannot have the key %j', (key) => {
    expect(refusalOf(definition({ key })).field).toBe('key')
  })

  it.each(['a', '_', 'Client_ID2', 'constructor', '__proto__'])('can have the key %s', (key) => {
    expect(definition({ key }).ok).toBe(true)
  })

  it('needs a display name', () => {
    expect(refusalOf(definition({ displayName: ' ' })).field).toBe('displayName')
    expect(refusalOf(definition({ displayName: 'x'.repeat(10_000) })).field).toBe('displayName')
    expect(refusalOf(definition({ displayName: 'a\u0000' })).field).toBe('displayName')
  })

  it('has options if it is a select, without duplicates', () => {
    const option = { value: 'a', label: 'A' }
    expect(definition({ inputKind: 'select', options: [option] }).ok).toBe(true)
    for (const options of [[], [option, option], [{ value: '', label: '' }], [{ value: 'a\n', label: '' }]]) {
      expect(refusalOf(definition({ inputKind: 'select', options })).field).toBe('options')
    }
  })

  it('has a pattern that can be evaluated safely', () => {
    for (const pattern of ['(', '(?=a)', '(a)\\1', 'x'.repeat(513)])
      expect(refusalOf(definition({ pattern })).field).toBe('pattern')
  })

  it('has a default that follows its own rules', () => {
    expect(refusalOf(definition({ inputKind: 'number', defaultValue: 'x' })).field).toBe('defaultValue')
    expect(refusalOf(definition({ pattern: 'a', defaultValue: 'b' })).field).toBe('defaultValue')
  })

  it('has no default if it is secret (rule R10)', () => {
    expect(refusalOf(definition({ secret: true, defaultValue: 'hunter2' }))).toMatchObject({
      code: 'literal_secret',
      field: 'defaultValue',
    })
  })
})

describe('A locked variable (rule R13)', () => {
  const locked = aVariable('client_id', { locked: true, required: true, displayName: 'Client ID' })

  it.each([
    { displayName: 'App' },
    { helpText: 'h' },
    { alias: 'a' },
    { defaultValue: 'd' },
    { required: false },
    { configurable: false },
    { advanced: true },
    { inputKind: 'multiline' as const },
    { inputKind: 'select' as const, options: [{ value: 'a', label: 'A' }] },
    { pattern: 'x' },
  ])('can change %j', (change) => {
    expect(checkLockedEdit(locked, { ...locked, ...change }).ok).toBe(true)
  })

  it.each([{ key: 'other' }, { secret: true }])('cannot change %j', (change) => {
    expect(refusalOf(checkLockedEdit(locked, { ...locked, ...change }))).toMatchObject({
      code: 'locked_variable',
      field: Object.keys(change)[0],
    })
  })

  it('cannot be removed', () => {
    expect(codeOf(checkRemoval(locked))).toBe('locked_variable')
    expect(checkRemoval(aVariable('x')).ok).toBe(true)
  })

  it('is the only kind with these restrictions', () => {
    expect(checkLockedEdit(aVariable('x'), aVariable('y', { secret: true })).ok).toBe(true)
  })
})
