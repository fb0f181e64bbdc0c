import { refuse, succeed, type Result } from '../../result'
import { csvRows, CsvProblem, isDelimiter, type CsvOptions, type CsvRow } from './csv-scan'
import { writeJson } from './json'
import { payloadLimits } from './limits'
import { ExactNumber, isValueObject, setProperty, type Value, type ValueObject } from './value'

/**
 * CSV as values: a list of objects by header, or without header a list of lists. All cells are text, so that no number,
 * date or leading zero changes.
 */

export function readCsv(text: string, { delimiter, hasHeader }: CsvOptions): Result<Value[]> {
  try {
    if (!isDelimiter(delimiter)) throw new CsvProblem(wrongDelimiter)
    const rows = boundedRows(text, delimiter, hasHeader)
    if (!hasHeader) return succeed(Array.from(rows, ({ cells }) => cells))
    const header = rows.next()
    if (header.done) return succeed([])
    const names = columnNames(header.value.cells)
    return succeed(Array.from(rows, (row) => objectOf(row, names, text)))
  } catch (error) {
    if (error instanceof CsvProblem) return refuse('invalid_value', error.message)
    throw error
  }
}

const wrongDelimiter = 'The delimiter of CSV is one character, such as a comma.'

/** A row below a header has at least as many values as the header, however short it is. */
function* boundedRows(text: string, delimiter: string, hasHeader: boolean): Generator<CsvRow, undefined> {
  let [values, columns] = [0, 0]
  for (const row of csvRows(text, delimiter)) {
    if (hasHeader && columns === 0) columns = row.cells.length
    values += Math.max(row.cells.length, columns)
    if (values > payloadLimits.values) {
      const most = payloadLimits.values.toLocaleString('en-GB')
      throw new CsvProblem(`The payload has too many values to be read (more than ${most}).`)
    }
    yield row
  }
}

/** Columns without a name get their number, and the second of two with the same name a number after it. */
function columnNames(header: readonly string[]): string[] {
  if (header.length > payloadLimits.columns) {
    const most = payloadLimits.columns.toLocaleString('en-GB')
    throw new CsvProblem(`The payload has more than ${most} columns. If it has no header, say so in its settings.`)
  }
  const names = new Set<string>()
  const numbers = new Map<string, number>()
  for (const [index, cell] of header.entries()) {
    const name = cell === '' ? `column_${index + 1}` : cell
    let number = numbers.get(name) ?? 2
    let free = name
    for (; names.has(free); number += 1) free = `${name}_${number}`
    numbers.set(name, number)
    names.add(free)
  }
  return [...names]
}

/** Cells that a row does not have are empty: many programs leave out empty cells at the end. */
function objectOf({ cells, begin }: CsvRow, names: readonly string[], text: string): ValueObject {
  if (cells.length > names.length) {
    const line = text.slice(0, begin).split(/\r\n|\r|\n/).length
    throw new CsvProblem(`Line ${line} of the payload has ${cells.length} cells, but its header has ${names.length}.`)
  }
  const object: ValueObject = {}
  for (const [index, name] of names.entries()) setProperty(object, name, cells[index] ?? '')
  return object
}

/**
 * CSV of a list of objects, with all their names as header, or of a list of lists. Objects and lists in cells are written
 * as JSON, null as an empty cell.
 */
export function writeCsv(value: Value, { delimiter, hasHeader }: CsvOptions): Result<string> {
  if (!isDelimiter(delimiter)) return refuse('invalid_value', wrongDelimiter)
  const rows = Array.isArray(value) ? value : [value]
  if (rows.every((row) => Array.isArray(row))) return succeed(linesOf(rows, delimiter))
  if (!rows.every(isValueObject))
    return refuse('invalid_value', 'CSV needs a list of objects, or a list of lists, one for each row.')
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = rows.map((row) => names.map((name) => (Object.hasOwn(row, name) ? row[name]! : '')))
  return succeed(linesOf(hasHeader ? [names, ...lines] : lines, delimiter))
}

function linesOf(rows: readonly (readonly Value[])[], delimiter: string): string {
  return rows
    .map((row) => `${row.map((cell) => cellText(cell, delimiter, row.length === 1)).join(delimiter)}\r\n`)
    .join('')
}

function cellText(value: Value, delimiter: string, isAlone: boolean): string {
  const text = plainText(value)
  const needsQuotes = /["\r\n]/.test(text) || text.includes(delimiter) || (isAlone && text === '')
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text
}

function plainText(value: Value): string {
  if (value === null) return ''
  if (value instanceof ExactNumber) return value.text
  return typeof value === 'object' ? writeJson(value) : String(value)
}
