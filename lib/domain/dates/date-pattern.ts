import { refuse, succeed, type Result } from '../result'

/** Reads dates by a pattern such as `YYYY-MM-DD HH:mm:ss`, in UTC unless the text has an offset. */

type Part = { kind: 'literal'; text: string } | { kind: 'field'; name: FieldName; expression: string }
type FieldName =
  | 'year'
  | 'month'
  | 'monthName'
  | 'day'
  | 'hour'
  | 'hour12'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'half'
  | 'offset'
  | 'weekday'

const longestPattern = 64

/** The fields in both common spellings; longer ones before shorter ones. */
const fields: [spelling: string, name: FieldName, expression: string][] = [
  ['YYYY', 'year', '\\d{4}'],
  ['yyyy', 'year', '\\d{4}'],
  ['MMM', 'monthName', '[A-Za-z]{3}'],
  ['MM', 'month', '\\d{2}'],
  ['M', 'month', '\\d{1,2}'],
  ['DD', 'day', '\\d{2}'],
  ['dd', 'day', '\\d{2}'],
  ['D', 'day', '\\d{1,2}'],
  ['d', 'day', '\\d{1,2}'],
  ['HH', 'hour', '\\d{2}'],
  ['H', 'hour', '\\d{1,2}'],
  ['hh', 'hour12', '\\d{2}'],
  ['h', 'hour12', '\\d{1,2}'],
  ['mm', 'minute', '\\d{2}'],
  ['m', 'minute', '\\d{1,2}'],
  ['ss', 'second', '\\d{2}'],
  ['s', 'second', '\\d{1,2}'],
  ['SSS', 'fraction', '\\d{1,9}'],
  ['A', 'half', '[AaPp][Mm]'],
  ['a', 'half', '[AaPp][Mm]'],
  ['ZZ', 'offset', '(?:Z|[+-]\\d{2}:?\\d{2})'],
  ['Z', 'offset', '(?:Z|[+-]\\d{2}:?\\d{2})'],
  ['ddd', 'weekday', '[A-Za-z]{3}'],
  ['EEE', 'weekday', '[A-Za-z]{3}'],
]
const longestFirst = [...fields].sort(([one], [other]) => other.length - one.length)

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Literal letters are written in square brackets or single quotes: `YYYY-MM-DD[T]HH:mm:ss`. A single T needs no
 * brackets.
 */
function partsOf(pattern: string): Part[] | null {
  const parts: Part[] = []
  for (let rest = pattern; rest !== '';) {
    const quoted = /^(?:\[([^\]]*)\]|'([^']*)')/.exec(rest)
    const field = longestFirst.find(([spelling]) => rest.startsWith(spelling))
    if (!quoted && !field && /^[A-SU-Za-z[\]']/.test(rest)) return null
    const length = quoted?.[0].length ?? field?.[0].length ?? 1
    if (quoted) parts.push({ kind: 'literal', text: quoted[1] ?? quoted[2] ?? '' })
    else
      parts.push(
        field ? { kind: 'field', name: field[1], expression: field[2] } : { kind: 'literal', text: rest.slice(0, 1) },
      )
    rest = rest.slice(length)
  }
  return parts
}

export function checkDatePattern(pattern: string): Result<string> {
  const trimmed = pattern.trim()
  const parts = trimmed.length <= longestPattern ? partsOf(trimmed) : null
  const names = (parts ?? []).flatMap((part) => (part.kind === 'field' ? [part.name] : []))
  const has = (...wanted: FieldName[]) => wanted.some((name) => names.includes(name))
  const twice = new Set(names).size < names.length
  const whole = has('year') && has('month', 'monthName') && has('day') && has('hour12') === has('half')
  const ambiguous = twice || (has('hour') && has('hour12')) || (has('month') && has('monthName'))
  if (parts !== null && whole && !ambiguous) return succeed(trimmed)
  return refuse(
    'invalid_input',
    'Write the pattern with YYYY, MM or MMM, DD, HH (or hh with A), mm, ss, SSS and Z, each at most once, and other letters in square brackets. Example: YYYY-MM-DD HH:mm:ss',
  )
}

/** The time in milliseconds; null if the text is not a valid time in this pattern. */
export function readDate(text: string, pattern: string): number | null {
  const checked = checkDatePattern(pattern)
  const parts = checked.ok ? partsOf(checked.value) : null
  if (parts === null || text.length > 2 * longestPattern) return null
  const names = parts.flatMap((part) => (part.kind === 'field' ? [part.name] : []))
  const match = new RegExp(`^${parts.map(expressionOf).join('')}$`).exec(text.trim())
  if (!match) return null
  return timeOf(new Map(names.map((name, index) => [name, match[index + 1] ?? ''])))
}

function expressionOf(part: Part): string {
  if (part.kind === 'literal') return part.text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
  return `(${part.expression})`
}

function timeOf(given: ReadonlyMap<FieldName, string>): number | null {
  const number = (name: FieldName) => Number(given.get(name) ?? 0)
  const month = given.has('monthName')
    ? months.indexOf((given.get('monthName') ?? '').toLowerCase())
    : number('month') - 1
  const half = (given.get('half') ?? '').toLowerCase()
  if (half !== '' && (number('hour12') < 1 || number('hour12') > 12)) return null
  const hour = half === '' ? number('hour') : (number('hour12') % 12) + (half === 'pm' ? 12 : 0)
  const milliseconds = Number((given.get('fraction') ?? '0').padEnd(3, '0').slice(0, 3))
  const [day, minute, second] = [number('day'), number('minute'), number('second')]
  const date = new Date(Date.UTC(number('year'), month, day, hour, minute, second, milliseconds))
  // JavaScript turns 31 February into a day in March, and 25:00 into the next day.
  const exists =
    date.getUTCMonth() === month &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    minute < 60 &&
    second < 60
  return month >= 0 && exists ? date.getTime() - offsetMs(given.get('offset') ?? 'Z') : null
}

function offsetMs(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
