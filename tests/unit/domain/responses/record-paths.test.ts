import { describe, expect, test } from 'vitest'
import { countRecords } from '@/lib/domain/responses/json-path'
import { recordPaths } from '@/lib/domain/responses/record-paths'

describe('The lists of records in a response', () => {
  test.each([
    ['include a list at the top level', [{ id: 1 }, { id: 2 }], [{ path: '$', records: 2 }]],
    ['include a list in an object', { orders: [{ id: 1 }] }, [{ path: '$.orders', records: 1 }]],
    ['include a deeper list', { data: { page: { items: [{}, {}, {}] } } }, [{ path: '$.data.page.items', records: 3 }]],
    ['can have a name with spaces and quotes', { "it's a list": [{}] }, [{ path: "$['it\\'s a list']", records: 1 }]],
    [
      'are ordered by length, the longest first',
      { errors: [{}], orders: [{}, {}] },
      [
        { path: '$.orders', records: 2 },
        { path: '$.errors', records: 1 },
      ],
    ],
    ['do not include lists of plain values', { tags: ['a', 'b'] }, []],
    ['do not include lists within a record', { orders: [{ lines: [{}, {}, {}] }] }, [{ path: '$.orders', records: 1 }]],
    ['do not include empty lists', { orders: [] }, []],
    ['do not exist in a text', 'text', []],
    ['do not exist in null', null, []],
  ])('%s', (_name, json, paths) => {
    expect(recordPaths(json)).toEqual(paths)
  })

  test('have the same count as with that data path', () => {
    const json = { a: { 'b c': [{}, {}] }, d: [{}] }
    for (const { path, records } of recordPaths(json)) expect(countRecords(json, path)).toBe(records)
    expect(recordPaths(json)).toHaveLength(2)
  })

  test('are at most eight, also in a very wide or deep response', () => {
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`list${index}`, [{}]]))
    expect(recordPaths(wide)).toHaveLength(8)
    let deep: unknown = [{}]
    for (let level = 0; level < 100; level += 1) deep = { deep }
    expect(recordPaths(deep)).toEqual([])
  })
})
