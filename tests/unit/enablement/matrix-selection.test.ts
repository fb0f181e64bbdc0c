import { describe, expect, test } from 'vitest'
import { cellKey, matrixRows, type CellKey } from '@/components/enablement/matrix-model'
import {
  copied,
  fillDown,
  isSelected,
  paste,
  selectedLines,
  wholeColumn,
  wholeRow,
} from '@/components/enablement/matrix-selection'
import type { MatrixEndpoint, MatrixMethod } from '@/lib/enablement/views'

const methods = ['basic', 'token', 'oauth'].map((id) => ({ id, name: id })) as MatrixMethod[]
const endpoints = ['a', 'b', 'c', 'd'].map((id) => ({
  id,
  name: id,
  entityType: id < 'c' ? 'Orders' : 'Products',
})) as MatrixEndpoint[]
/** Row 1: Orders, 2: a, 3: b, 4: Products, 5: c, 6: d. */
const rows = matrixRows(endpoints, new Set())
const sheet = { rows, methods }
const key = (endpoint: string, method: string) => cellKey(endpoint, method)
const from = (row: number, column: number, toRow: number, toColumn: number) => ({
  from: { row, column },
  to: { row: toRow, column: toColumn },
})

describe('a selection', () => {
  test('contains the cells of its rectangle without headings, from whichever corner it was drawn', () => {
    const lines = [
      [key('b', 'token'), key('b', 'oauth')],
      [key('c', 'token'), key('c', 'oauth')],
    ]
    expect(selectedLines(sheet, from(3, 2, 5, 3))).toEqual(lines)
    expect(selectedLines(sheet, from(5, 3, 3, 2))).toEqual(lines)
    expect(isSelected(from(5, 3, 3, 2), { row: 4, column: 2 })).toBe(true)
    expect(isSelected(from(5, 3, 3, 2), { row: 4, column: 1 })).toBe(false)
    expect(isSelected(null, { row: 4, column: 2 })).toBe(false)
  })

  test('leaves out the header and the column of the endpoints', () => {
    expect(selectedLines(sheet, from(0, 0, 2, 1))).toEqual([[key('a', 'basic')]])
    expect(selectedLines(sheet, null)).toEqual([])
  })

  test('may be a whole row or a whole column', () => {
    expect(selectedLines(sheet, wholeRow(2, sheet))).toEqual([methods.map(({ id }) => key('a', id))])
    expect(selectedLines(sheet, wholeColumn(3, sheet)).flat()).toEqual(
      ['a', 'b', 'c', 'd'].map((id) => key(id, 'oauth')),
    )
  })
})

test('filling down copies the first line to all others', () => {
  const on: ReadonlySet<CellKey> = new Set([key('a', 'token'), key('c', 'basic')])
  expect(fillDown(selectedLines(sheet, from(2, 1, 5, 2)), (cell) => on.has(cell))).toEqual({
    on: [key('b', 'token'), key('c', 'token')],
    off: [key('b', 'basic'), key('c', 'basic')],
  })
})

describe('copy and paste with a spreadsheet', () => {
  const on: ReadonlySet<CellKey> = new Set([key('a', 'basic'), key('b', 'oauth')])

  test('copies a line per endpoint with an x per cell that is on, and pastes the same', () => {
    const text = copied(selectedLines(sheet, from(2, 1, 3, 3)), (cell) => on.has(cell))
    expect(text).toBe('x\t\t\n\t\tx\n')
    expect(paste(sheet, { row: 2, column: 1 }, text)).toEqual({
      on: [...on],
      off: [key('a', 'token'), key('a', 'oauth'), key('b', 'basic'), key('b', 'token')],
      beyond: 0,
    })
  })

  test.each([
    ['a column that ends with a cell that is off', from(2, 1, 3, 1), [key('c', 'basic')], [key('d', 'basic')]],
    ['two cells that are off', from(2, 2, 3, 2), [], [key('c', 'basic'), key('d', 'basic')]],
    ['one cell that is off', from(2, 2, 2, 2), [], [key('c', 'basic')]],
  ])('pastes all of %s', (_, selection, switchedOn, switchedOff) => {
    const text = copied(selectedLines(sheet, selection), (cell) => on.has(cell))
    expect(text).not.toBe('')
    expect(paste(sheet, { row: 5, column: 1 }, text)).toEqual({ on: switchedOn, off: switchedOff, beyond: 0 })
  })

  test.each(['x', 'X', '1', 'TRUE', ' yes ', 'On', '✓'])('reads “%s” as on', (word) => {
    expect(paste(sheet, { row: 2, column: 1 }, word)).toMatchObject({ on: [key('a', 'basic')], off: [] })
  })

  test.each(['', '0', 'FALSE', 'no', 'off', '-'])('reads “%s” as off', (word) => {
    expect(paste(sheet, { row: 2, column: 1 }, word)).toMatchObject({ on: [], off: [key('a', 'basic')] })
  })

  test('continues below a heading, and stops at the end of the matrix', () => {
    expect(paste(sheet, { row: 3, column: 3 }, 'x\tx\r\nx\tx\r\nx\tx\r\nx\tx\r\n')).toEqual({
      on: [key('b', 'oauth'), key('c', 'oauth'), key('d', 'oauth')],
      off: [],
      beyond: 5,
    })
  })

  test('refuses the whole text if it contains another word, and names the word, line and column', () => {
    expect(paste(sheet, { row: 2, column: 1 }, 'x\nx\tmaybe')).toMatch(
      /^“maybe” in line 2, column 2 is neither on nor off/,
    )
    expect(paste(sheet, { row: 2, column: 1 }, 'x'.repeat(1_000_001))).toMatch(/too long/)
  })
})
