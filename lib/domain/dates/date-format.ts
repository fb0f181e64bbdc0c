/** Formats a time, in UTC, by the strftime directives of Liquid, Ruby and C, or by a named format. */

const named: Record<string, (moment: Date) => string> = {
  unix: (moment) => String(Math.floor(moment.getTime() / 1_000)),
  unix_ms: (moment) => String(moment.getTime()),
  iso: (moment) => `${moment.toISOString().slice(0, 19)}Z`,
  iso_ms: (moment) => moment.toISOString(),
  iso_basic: (moment) => `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
  http: (moment) => moment.toUTCString(),
}

/** `iso_basic` is the format of AWS signatures (20261121T065000Z), `http` that of HTTP headers (RFC 9110 §5.6.7). */
export const namedFormats: readonly string[] = Object.keys(named)

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const pad = (number: number, width: number, by = '0') => String(number).padStart(width, by)
const hour12 = (moment: Date) => moment.getUTCHours() % 12 || 12

function dayOfYear(moment: Date): number {
  const day = new Date(moment).setUTCHours(0, 0, 0, 0)
  // Not Date.UTC, which takes the years 0 to 99 as 1900 to 1999.
  const newYear = new Date(day).setUTCMonth(0, 1)
  return Math.round((day - newYear) / 86_400_000) + 1
}

const directives: Record<string, (moment: Date) => string> = {
  Y: (moment) => pad(moment.getUTCFullYear(), 4),
  y: (moment) => pad(moment.getUTCFullYear() % 100, 2),
  m: (moment) => pad(moment.getUTCMonth() + 1, 2),
  d: (moment) => pad(moment.getUTCDate(), 2),
  e: (moment) => pad(moment.getUTCDate(), 2, ' '),
  j: (moment) => pad(dayOfYear(moment), 3),
  H: (moment) => pad(moment.getUTCHours(), 2),
  I: (moment) => pad(hour12(moment), 2),
  M: (moment) => pad(moment.getUTCMinutes(), 2),
  S: (moment) => pad(moment.getUTCSeconds(), 2),
  L: (moment) => pad(moment.getUTCMilliseconds(), 3),
  f: (moment) => `${pad(moment.getUTCMilliseconds(), 3)}000`,
  N: (moment) => `${pad(moment.getUTCMilliseconds(), 3)}000000`,
  p: (moment) => (moment.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: (moment) => (moment.getUTCHours() < 12 ? 'am' : 'pm'),
  A: (moment) => days[moment.getUTCDay()] ?? '',
  a: (moment) => (days[moment.getUTCDay()] ?? '').slice(0, 3),
  B: (moment) => months[moment.getUTCMonth()] ?? '',
  b: (moment) => (months[moment.getUTCMonth()] ?? '').slice(0, 3),
  u: (moment) => String(moment.getUTCDay() || 7),
  w: (moment) => String(moment.getUTCDay()),
  s: (moment) => named.unix?.(moment) ?? '',
  F: (moment) => moment.toISOString().slice(0, 10),
  T: (moment) => moment.toISOString().slice(11, 19),
  R: (moment) => moment.toISOString().slice(11, 16),
  D: (moment) => `${directives.m?.(moment)}/${directives.d?.(moment)}/${directives.y?.(moment)}`,
  z: () => '+0000',
  ':z': () => '+00:00',
  Z: () => 'UTC',
  '%': () => '%',
}

/** A directive; `-` removes leading zeros. */
const directive = /%(-?)(:z|[\s\S]|$)/g

/** What is wrong with a format, as a sentence; null if it is valid. */
export function dateFormatProblem(format: string): string | null {
  if (Object.hasOwn(named, format)) return null
  const found = [...format.matchAll(directive)]
  const unknown = found.find(([, , letter = '']) => !Object.hasOwn(directives, letter))
  if (unknown)
    return `format has the unknown directive ${unknown[0]}. Use ${Object.keys(directives)
      .map((letter) => `%${letter}`)
      .join(' ')}.`
  return found.length > 0
    ? null
    : `format must be ${namedFormats.join(', ')}, or consist of directives such as %Y-%m-%d.`
}

export function formatMoment(moment: Date, format: string): string {
  if (Object.hasOwn(named, format)) return named[format]?.(moment) ?? ''
  return format.replace(directive, (_whole, short: string, letter: string) => {
    const written = directives[letter]?.(moment) ?? ''
    return short === '-' ? written.replace(/^[0 ]+(?=.)/, '') : written
  })
}
