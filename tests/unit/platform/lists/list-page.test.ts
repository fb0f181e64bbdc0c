import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor, keyset, pageSize, toPage } from '@/lib/platform/lists/keyset'
import { readListParams, type SortColumns } from '@/lib/platform/lists/list-page'

const columns: SortColumns = {
  name: { column: 'foldedName', kind: 'text' },
  updated: { column: 'updatedAt', kind: 'date' },
}
const id = '01990000-0000-7000-8000-000000000001'

describe('the parameters of a list in the address', () => {
  it('accept a known order in both directions; an unknown one means the default', () => {
    expect(readListParams({ sort: '-updated' }, columns, 'name').sort).toBe('-updated')
    expect(readListParams({ sort: 'passwordHash' }, columns, 'name').sort).toBe('name')
    expect(readListParams({ sort: '__proto__' }, columns, 'name').sort).toBe('name')
  })

  it('trim and limit the search text, and use the first of two', () => {
    expect(readListParams({ q: ['  acme ', 'x'] }, columns, 'name').q).toBe('acme')
    expect(readListParams({ q: 'x'.repeat(10_000) }, columns, 'name').q).toHaveLength(200)
    expect(readListParams({ q: 'a\0b' }, columns, 'name').q).toBe('ab')
  })
})

describe('cursors', () => {
  it('are unchanged after encoding and decoding', () => {
    expect(decodeCursor(encodeCursor('straße', id), 'text')).toEqual({ value: 'straße', id })
    const date = new Date('2026-01-02T03:04:05.678Z')
    expect(decodeCursor(encodeCursor(date, id), 'date')).toEqual({ value: date.toISOString(), id })
  })

  it.each([
    ['nonsense', 'text'],
    [Buffer.from('["a"]').toString('base64url'), 'text'],
    [Buffer.from('["a","not an id"]').toString('base64url'), 'text'],
    [encodeCursor('not a date', id), 'date'],
    [encodeCursor('a\0b', id), 'text'],
    [encodeCursor(1, id), 'text'],
    [Buffer.from('{"a":1}').toString('base64url'), 'text'],
  ] as const)('an invalid cursor means the first page: %s', (text, kind) => {
    expect(decodeCursor(text, kind)).toBeNull()
  })

  it('a page starts after the cursor, with equal values ordered by id', () => {
    const page = keyset({ q: '', sort: '-name', after: encodeCursor('b', id) }, columns)
    expect(page).toEqual({
      where: { foldedName: { lte: 'b' }, OR: [{ foldedName: { lt: 'b' } }, { id: { lt: id } }] },
      orderBy: [{ foldedName: 'desc' }, { id: 'desc' }],
      take: pageSize + 1,
    })
  })

  it('there is a next page only if one more row was found', () => {
    const rows = Array.from({ length: pageSize + 1 }, (_, index) => ({ id, foldedName: `n${index}` }))
    const params = { q: '', sort: 'name', after: '' }
    expect(toPage(rows.slice(0, pageSize), pageSize, params, columns).nextCursor).toBeNull()
    const page = toPage(rows, 99, params, columns)
    expect(page.items).toHaveLength(pageSize)
    expect(decodeCursor(page.nextCursor!, 'text')).toEqual({ value: `n${pageSize - 1}`, id })
  })
})
