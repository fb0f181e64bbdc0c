import type { ValuePath } from '../../value-path'
import { refuse, succeed, type Result } from '../../result'
import { csvRows, CsvProblem, isDelimiter, type CsvOptions } from '../values/csv-scan'
import { payloadLimits } from '../values/limits'
import type { Slices } from './slices'

/** Finds the rows of a CSV text and cuts them out as they are written, each part with the header before it. */
export function sliceCsv(text: string, path: ValuePath, { delimiter, hasHeader }: CsvOptions): Result<Slices> {
  if (path.length > 1 || (path[0] && 'name' in path[0]))
    return refuse('invalid_value', 'CSV is split by rows. Leave the path empty, or write *.')
  if (!isDelimiter(delimiter)) return refuse('invalid_value', 'The delimiter of CSV is one character, such as a comma.')
  const spans: number[] = []
  try {
    for (const { begin, end } of csvRows(text, delimiter)) {
      if (spans.length / 2 > payloadLimits.parts) {
        const most = payloadLimits.parts.toLocaleString('en-GB')
        return refuse('invalid_value', `The payload would be split into more than ${most} parts.`)
      }
      spans.push(begin, end)
    }
  } catch (error) {
    if (error instanceof CsvProblem) return refuse('invalid_value', error.message)
    throw error
  }
  const first = hasHeader ? 1 : 0
  const row = (index: number) => text.slice(spans[2 * index], spans[2 * index + 1])
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  const header = hasHeader && spans.length > 0 ? row(0) + lineBreak : ''
  const many = (begin: number, end: number) =>
    header + Array.from({ length: end - begin }, (_, index) => row(begin + index + first) + lineBreak).join('')
  return succeed({
    count: Math.max(0, spans.length / 2 - first),
    one: (index) => many(index, index + 1),
    many,
  })
}
