/** How a CSV text is written. */
export type CsvOptions = {
  /** One character. */
  delimiter: string
  /** Whether the first row has the names of the columns. */
  hasHeader: boolean
}

export const usualCsv: CsvOptions = { delimiter: ',', hasHeader: true }

/** A row, and where it is in the text, without its line break. */
export type CsvRow = { cells: string[]; begin: number; end: number }

/** A sentence about the payload. */
export class CsvProblem extends Error {}

/** Whether this can separate the cells of a row. */
export function isDelimiter(text: string): boolean {
  return /^[^"\r\n\u0000]$/.test(text)
}

/**
 * The rows of a CSV text (RFC 4180), one after the other. Empty lines are left out, line breaks may be of any kind, and a
 * quote inside a cell without quotes is text. Stops at the first mistake.
 */
export function* csvRows(text: string, delimiter: string): Generator<CsvRow> {
  let at = 0
  while (at < text.length) {
    const begin = at
    const cells: string[] = []
    for (;;) {
      const cell = text.charAt(at) === '"' ? quotedCell(text, at, delimiter) : plainCell(text, at, delimiter)
      cells.push(cell.text)
      at = cell.end
      if (text.charAt(at) !== delimiter) break
      at += 1
    }
    const end = at
    if (text.charAt(at) === '\r') at += 1
    if (text.charAt(at) === '\n') at += 1
    if (end > begin) yield { cells, begin, end }
  }
}

function plainCell(text: string, begin: number, delimiter: string): { text: string; end: number } {
  const stop = delimiter.charCodeAt(0)
  let end = begin
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    if (code === stop || code === 0x0a || code === 0x0d) break
  }
  return { text: text.slice(begin, end), end }
}

function quotedCell(text: string, begin: number, delimiter: string): { text: string; end: number } {
  let end = begin + 1
  for (;;) {
    end = text.indexOf('"', end)
    if (end === -1)
      throw new CsvProblem(`The payload is not CSV: the quotes in line ${lineOf(text, begin)} are not closed.`)
    if (text.charAt(end + 1) !== '"') break
    end += 2
  }
  const next = text.charAt(end + 1)
  if (next !== '' && next !== delimiter && next !== '\n' && next !== '\r')
    throw new CsvProblem(`The payload is not CSV: line ${lineOf(text, end)} has text after closing quotes.`)
  return { text: text.slice(begin + 1, end).replaceAll('""', '"'), end: end + 1 }
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split(/\r\n|\r|\n/).length
}
