import { describe, expect, test } from 'vitest'
import { describeValue, mergeVersions, withValueAt } from '@/lib/platform/forms/versions'

/** Merges the changes of two people to the same object, field by field (rule R12). */

const base = {
  name: 'Orders',
  limit: '',
  nested: { url: '/a', body: '' },
  rows: [{ rowKey: '1', key: 'a', value: '1' }],
}

describe('two versions of the same object', () => {
  test('a change that only one of them made is merged without a question', () => {
    const { draft, conflicts, taken } = mergeVersions(
      base,
      { ...base, name: 'My orders' },
      { ...base, nested: { url: '/b', body: '' } },
    )
    expect(draft).toEqual({ ...base, name: 'My orders', nested: { url: '/b', body: '' } })
    expect(conflicts).toEqual([])
    expect(taken).toEqual([['nested', 'url']])
  })

  test('a field that both changed keeps the typed value, and is a conflict', () => {
    const yours = { ...base, nested: { url: '/mine', body: 'x' } }
    const { draft, conflicts } = mergeVersions(base, yours, { ...base, nested: { url: '/theirs', body: '' } })
    expect(draft).toEqual(yours)
    expect(conflicts).toEqual([{ path: ['nested', 'url'], yours: '/mine', theirs: '/theirs' }])
    expect(withValueAt(draft, ['nested', 'url'], '/theirs').nested).toEqual({ url: '/theirs', body: 'x' })
  })

  test('the same change by both is not a conflict', () => {
    const same = { ...base, name: 'Same' }
    expect(mergeVersions(base, same, { ...same })).toMatchObject({ conflicts: [], taken: [] })
  })

  test('lists are compared as a whole, ignoring the browser’s row keys', () => {
    const again = { ...base, rows: [{ rowKey: '2', key: 'a', value: '1' }] }
    expect(mergeVersions(base, { ...base, name: 'Mine' }, again)).toMatchObject({ conflicts: [], taken: [] })
    const theirs = { ...base, rows: [] }
    const yours = { ...base, rows: [...base.rows, { rowKey: '3', key: 'b', value: '2' }] }
    expect(mergeVersions(base, yours, theirs).conflicts).toEqual([{ path: ['rows'], yours: yours.rows, theirs: [] }])
  })

  describe('an entry that one of them removed', () => {
    const both = { phases: { verify: { url: '/me' }, revoke: { url: '/end' } } }
    const one = { phases: { verify: { url: '/me' } } }

    test('is removed if the other did not change it, whichever of them removed it', () => {
      expect(mergeVersions(both, one, both)).toEqual({ draft: one, conflicts: [], taken: [] })
      expect(mergeVersions(both, both, one)).toEqual({ draft: one, conflicts: [], taken: [['phases', 'revoke']] })
      expect(Object.values(mergeVersions(both, both, one).draft.phases)).not.toContain(undefined)
    })

    test('is a conflict if the other changed it, and is removed when that version is chosen', () => {
      const yours = { phases: { ...both.phases, revoke: { url: '/mine' } } }
      const { draft, conflicts } = mergeVersions(both, yours, one)
      expect(draft).toEqual(yours)
      expect(conflicts).toEqual([{ path: ['phases', 'revoke'], yours: { url: '/mine' }, theirs: undefined }])
      expect(Object.keys(withValueAt(draft, ['phases', 'revoke'], undefined).phases)).toEqual(['verify'])
    })
  })

  test('a value marked as whole is never compared by its parts', () => {
    const secret = (setAt: string, typed?: string) => ({
      values: { id: { isWhole: true, setAt, ...(typed && { typed }) } },
    })
    const merged = mergeVersions(secret('1'), secret('1', 'typed'), secret('2'))
    expect(merged.conflicts.map(({ path }) => path)).toEqual([['values', 'id']])
    expect(merged.draft).toEqual(secret('1', 'typed'))
  })
})

test.each([
  ['', 'Not set'],
  [null, 'Not set'],
  [true, 'On'],
  [[], 'None'],
  [{}, 'None'],
  [42, '42'],
  [[{ key: 'X-Shop', value: 'uk', rowKey: '1' }, 'text'], 'X-Shop: uk\ntext'],
  [[{ path: '$.id', name: 'account', extra: '' }], 'Name: account, Path: $.id'],
])('%j is shown as %j', (value, text) => {
  expect(describeValue(value).split('\n').map(sortParts).join('\n')).toBe(text.split('\n').map(sortParts).join('\n'))
})

const sortParts = (line: string) => line.split(', ').sort().join(', ')
