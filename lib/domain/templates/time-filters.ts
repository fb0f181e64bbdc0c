import { httpDate } from '../dates/http-date'
import { formatMoment, dateFormatProblem, namedFormats } from '../dates/date-format'
import { ofText, type Filter } from './filter'
import { refuse, succeed, type Result } from '../result'

/** The filter for times. Everything is in UTC, so that a template has the same result on every server. */

export const timeFilters = {
  date: {
    group: 'Time',
    description: `A time in another format: ${namedFormats.join(', ')}, or directives such as %Y-%m-%dT%H:%M:%SZ, in UTC; with an optional offset such as +1h, -5m or +30d`,
    parameters: [
      { name: 'format', check: dateFormatProblem },
      {
        name: 'offset',
        fallback: '',
        check: (given) =>
          readOffset(given) === null ? 'write the offset as +1h, -5m or +30d (ms, s, m, h, d or w).' : null,
      },
    ],
    example: '{{ now | date: "unix", "+1h" }}',
    apply: ofText(writeMoment),
  },
} satisfies Record<string, Filter>

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** In milliseconds; null if it cannot be read. */
function readOffset(text: string): number | null {
  if (text === '') return 0
  const match = /^([+-])(\d{1,10})(ms|[smhdw])$/.exec(text)
  if (!match) return null
  return (match[1] === '-' ? -1 : 1) * Number(match[2]) * units[match[3] as keyof typeof units]
}

function writeMoment(text: string, format = '', offset = ''): Result<string> {
  const moment = readMoment(text.trim())
  if (moment === null)
    return refuse(
      'invalid_value',
      'the value is not a time. It must be a time such as 2026-11-21T06:50:00Z, or seconds or milliseconds since 1970.',
    )
  const moved = new Date(moment + (readOffset(offset) ?? Number.NaN))
  const year = Number.isNaN(moved.getTime()) ? -1 : moved.getUTCFullYear()
  if (year < 0 || year > 9_999) return refuse('invalid_value', 'the time is not in the years 0 to 9999.')
  return succeed(formatMoment(moved, format))
}

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?/

/** Milliseconds since 1970; null if it cannot be read. A number of up to eleven digits means seconds. */
function readMoment(text: string): number | null {
  if (/^-?\d{1,11}(?:\.\d{1,9})?$/.test(text)) return Math.round(Number(text) * 1_000)
  if (/^-?\d{12,15}$/.test(text)) return Number(text)
  const day = iso.exec(text)?.[0]
  if (!day && !httpDate.test(text)) return null
  // Without a time zone it is UTC, not the time zone of the server.
  const zoned = day === text && day.length > 10 ? `${text.replace(' ', 'T')}Z` : text
  const moment = Date.parse(zoned)
  return Number.isNaN(moment) ? null : moment
}
