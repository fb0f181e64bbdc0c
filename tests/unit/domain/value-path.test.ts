import { describe, expect, it, test } from 'vitest'
import { longestValuePath, readValuePath, writeValuePath } from '@/lib/domain/value-path'
import { codeOf, valueOf } from '@/tests/support/definition-builders'

const every = { every: true }
const named = (...names: string[]) => names.map((name) => ({ name }))

describe('A path in a value', () => {
  test.each([
    ['', []],
    ['$', []],
    ['a.b', named('a', 'b')],
    ['$.a.b', named('a', 'b')],
    ['0.id', named('0', 'id')],
    ['orders[0].id', named('orders', '0', 'id')],
    ['[0][1]', named('0', '1')],
    ['*.id', [every, { name: 'id' }]],
    ['orders[*]', [{ name: 'orders' }, every]],
    ["['a.b'].c", named('a.b', 'c')],
    ['a["order id"]', named('a', 'order id')],
    [String.raw`['it\'s \\ "']`, named(String.raw`it's \ "`)],
    ["['*']", named('*')],
    ['ns:order.@id', named('ns:order', '@id')],
    ['Rechnung.Straße', named('Rechnung', 'Straße')],
    ['$ref', named('$ref')],
    ['__proto__.constructor', named('__proto__', 'constructor')],
  ])('%s is read', (text, steps) => {
    expect(valueOf(readValuePath(text))).toEqual(steps)
  })

  it.each([
    'a..b',
    'a.',
    '.a',
    'a b',
    'a[',
    'a[x]',
    "a['b]",
    "['']",
    'a]',
    '{a}',
    '$..a',
    'a[-1]',
    '[?@.a]',
    "['a\n']",
  ])('is refused if it cannot be read: %j', (text) => {
    expect(codeOf(readValuePath(text))).toBe('invalid_input')
  })

  it('is refused if it is too long or has too many steps', () => {
    expect(codeOf(readValuePath('a'.repeat(longestValuePath + 1)))).toBe('invalid_input')
    expect(codeOf(readValuePath(Array(33).fill('a').join('.')))).toBe('invalid_input')
    expect(valueOf(readValuePath(Array(32).fill('a').join('.')))).toHaveLength(32)
  })

  it.each(['a.b', '0.id', '*.id', "a['b.c']['*'].*", String.raw`['\'\\']`, "a['$x']['['].b"])(
    'is the same after it was written: %s',
    (text) => {
      const path = valueOf(readValuePath(text))
      expect(valueOf(readValuePath(writeValuePath(path)))).toEqual(path)
    },
  )
})
