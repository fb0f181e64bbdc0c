import { cellKey, type CellKey, type MatrixRow } from '@/components/enablement/matrix-model'
import type { MatrixMethod } from '@/lib/enablement/views'

/**
 * A rectangle of the matrix, as in a spreadsheet: from the cell where it started to the cell where it ends. Row 0 is
 * the header and column 0 the endpoint, as for the focus. Headings of entity types within the rectangle do not count.
 */
export type CellPosition = { row: number; column: number }
export type Selection = { from: CellPosition; to: CellPosition }

type Sheet = { rows: readonly MatrixRow[]; methods: readonly MatrixMethod[] }

type Bounds = { top: number; bottom: number; left: number; right: number }

function boundsOf({ from, to }: Selection): Bounds {
  return {
    top: Math.max(1, Math.min(from.row, to.row)),
    bottom: Math.max(from.row, to.row),
    left: Math.max(1, Math.min(from.column, to.column)),
    right: Math.max(from.column, to.column),
  }
}

export function isSelected(selection: Selection | null, { row, column }: CellPosition): boolean {
  if (selection === null) return false
  const { top, bottom, left, right } = boundsOf(selection)
  return row >= top && row <= bottom && column >= left && column <= right
}

export function wholeRow(row: number, { methods }: Pick<Sheet, 'methods'>): Selection {
  return { from: { row, column: 1 }, to: { row, column: methods.length } }
}

export function wholeColumn(column: number, { rows }: Pick<Sheet, 'rows'>): Selection {
  return { from: { row: 1, column }, to: { row: rows.length, column } }
}

/** The cells of a selection, line by line. */
export function selectedLines({ rows, methods }: Sheet, selection: Selection | null): CellKey[][] {
  if (selection === null) return []
  const { top, bottom, left, right } = boundsOf(selection)
  const columns = methods.slice(left - 1, right)
  return rows
    .slice(top - 1, bottom)
    .flatMap((row) => (row.kind === 'endpoint' ? [columns.map((method) => cellKey(row.endpoint.id, method.id))] : []))
}

/** The cells to switch on and off. */
export type Filling = { on: CellKey[]; off: CellKey[] }

/** Makes every row equal to the first one. */
export function fillDown([first = [], ...others]: CellKey[][], isOn: (key: CellKey) => boolean): Filling {
  const values = first.map(isOn)
  const filling: Filling = { on: [], off: [] }
  for (const line of others) for (const [index, key] of line.entries()) filling[values[index] ? 'on' : 'off'].push(key)
  return filling
}

/** The text for a spreadsheet: one line per endpoint, with an `x` for each cell that is on. */
export function copied(lines: CellKey[][], isOn: (key: CellKey) => boolean): string {
  return lines.map((line) => `${line.map((key) => (isOn(key) ? 'x' : '')).join('\t')}\n`).join('')
}

const onWords: ReadonlySet<string> = new Set(['x', '1', 'true', 'yes', 'y', 'on', '✓', '✔', '☑'])
const offWords: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'n', 'off', '-', '–', '☐'])

/** Longer than the text of any matrix. */
const longestPaste = 1_000_000

export type Pasted = Filling & {
  /** The number of values beyond the last row or column, which are ignored. */
  beyond: number
}

/**
 * Pastes cells copied from a spreadsheet, starting at a cell.
 * @returns an error message if a value means neither on nor off
 */
export function paste({ rows, methods }: Sheet, at: CellPosition, text: string): Pasted | string {
  if (text.length > longestPaste) return 'The pasted text is too long for the matrix. Nothing was changed.'
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const targets = rows.slice(Math.max(0, at.row - 1)).filter((row) => row.kind === 'endpoint')
  const columns = methods.slice(Math.max(0, at.column - 1))
  const pasted: Pasted = { on: [], off: [], beyond: 0 }
  for (const [line, source] of lines.entries()) {
    for (const [column, value] of source.split('\t').entries()) {
      const word = value.trim().toLowerCase()
      const isOn = onWords.has(word)
      if (!isOn && !offWords.has(word))
        return `“${value.trim().slice(0, 40)}” in line ${line + 1}, column ${column + 1} is neither on nor off. Use x for on and an empty cell for off. Nothing was changed.`
      const [row, method] = [targets[line], columns[column]]
      if (row && method) pasted[isOn ? 'on' : 'off'].push(cellKey(row.endpoint.id, method.id))
      else pasted.beyond += 1
    }
  }
  return pasted
}
