import { describe, expect, it } from 'vitest'
import { checkJsonPath, countRecords, findByNameOrPath, findByPath } from '@/lib/domain/responses/json-path'
import { codeOf } from '@/tests/support/definition-builders'
import { deepJson } from '@/tests/support/hostile-inputs'

describe('A JSON path', () => {
  it.each([['$.data.items[*].id'], ['data.items'], ["$['a b']"], ['[0].id'], ['$'], ['$..id']])('may be %s', (path) => {
    expect(checkJsonPath(path).ok).toBe(true)
  })

  it.each([
    ['$.'],
    ['$[?'],
    ['a b c'],
    ['$.x)'],
    ['x'.repeat(513)],
    ["$[?search(@.a, '(a+)+$')]"],
    ["$[?match (@.a, 'a')]"],
  ])('may not be %s', (path) => {
    expect(codeOf(checkJsonPath(path))).toBe('invalid_input')
    expect(findByPath({ a: 'a' }, path)).toEqual([])
  })

  it.each([["$['a', 'b', 'c'].id"], ["$..['a..b,c,d,$']"], ['$.orders[?@.total > 5].lines[*]'], ['$..[?@.id]']])(
    'may be %s',
    (path) => {
      expect(checkJsonPath(path).ok).toBe(true)
    },
  )

  it.each([['$..*..*'], ['$[*,*,*,*]'], ['$[*,*][*,*][*,*]'], ['$[?count($..*) > 1]'], ['$..[?@..id]']])(
    'is refused if it would not take linear time: %s',
    (path) => {
      expect(codeOf(checkJsonPath(path))).toBe('invalid_input')
      expect(findByPath([deepJson(), deepJson()], path)).toEqual([])
    },
  )

  it('never finds properties of a prototype', () => {
    for (const path of ['constructor', '$.__proto__', 'toString', '$.a.constructor'])
      expect(findByPath({ a: {} }, path)).toEqual([])
    expect(findByNameOrPath({}, 'constructor')).toBeUndefined()
    expect(findByNameOrPath('text', 'length')).toBeUndefined()
  })
})

describe('A key', () => {
  it('is first a literal top-level name, then a path (DATA §4)', () => {
    expect(findByNameOrPath({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1)
    expect(findByNameOrPath({ a: { b: 2 } }, 'a.b')).toBe(2)
    expect(findByNameOrPath({ a: 1 }, '')).toBeUndefined()
    expect(findByNameOrPath(undefined, 'a')).toBeUndefined()
  })
})

describe('The records of a response', () => {
  it.each([
    [[1, 2], '', 2],
    [{ orders: [1, 2, 3] }, '$.orders', 3],
    [{ orders: [1, 2, 3] }, '$.orders[*]', 3],
    [{ orders: [] }, '$.orders', 0],
    [{ orders: {} }, '$.orders', 1],
    [{ orders: [] }, '$.missing', null],
    [{ orders: [] }, '', null],
  ])('%j at %j are %j', (json, path, expected) => {
    expect(countRecords(json, path)).toBe(expected)
  })
})
