import { decodeJwt } from 'jose'
import { readDate } from '../dates/date-pattern'
import { httpDate } from '../dates/http-date'

/** Reads from a token response when the token expires. */

/** The formats in which a response gives the expiry. */
export const expiryUnits = {
  seconds: 'Seconds from now',
  milliseconds: 'Milliseconds from now',
  minutes: 'Minutes from now',
  duration: 'Hours:minutes:seconds from now',
  epoch_seconds: 'Seconds since 1970',
  epoch_milliseconds: 'Milliseconds since 1970',
  iso: 'Date and time (ISO 8601)',
  pattern: 'Date and time, as the pattern says (UTC)',
  jwt: 'In the token: exp of a JWT',
} as const
export type ExpiryUnit = keyof typeof expiryUnits

export type ExpiryRule = {
  expiryUnit: ExpiryUnit
  /** For the unit `pattern`. */
  expiryPattern: string
}

const longestLifetimeMs = 100 * 365 * 24 * 60 * 60 * 1000

/**
 * The time of expiry; null unless it is in the future. A lifetime that is unreadable, zero or over counts as missing.
 * @param token its `exp` claim is read if the unit is `jwt` (RFC 7519 §4.1.4)
 */
export function readExpiry(
  value: unknown,
  { expiryUnit, expiryPattern }: ExpiryRule,
  token: string,
  now: Date,
): Date | null {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  const time = expiryUnit === 'jwt' ? expiryOfJwt(token) : timeOf(text, expiryUnit, expiryPattern, now)
  if (time === null || !(time > now.getTime())) return null
  return new Date(Math.min(time, now.getTime() + longestLifetimeMs))
}

export function lifetimeFrom(now: Date, seconds: number | null): Date | null {
  return seconds === null ? null : new Date(now.getTime() + Math.min(seconds * 1000, longestLifetimeMs))
}

/** The earliest of several times; null if all are null. */
export function earliest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime())
  return known.length === 0 ? null : new Date(Math.min(...known))
}

function expiryOfJwt(token: string): number | null {
  try {
    const { exp } = decodeJwt(token)
    return typeof exp === 'number' ? exp * 1000 : null
  } catch {
    return null
  }
}

function timeOf(text: string, unit: Exclude<ExpiryUnit, 'jwt'>, pattern: string, now: Date): number | null {
  if (text === '' || text.length > 128) return null
  if (unit === 'iso') return isoTime(text)
  if (unit === 'pattern') return readDate(text, pattern)
  if (unit === 'duration') return after(now, durationSeconds(text))
  if (!/^\d+(\.\d+)?$/.test(text)) return null
  const number = Number(text)
  if (unit === 'epoch_seconds') return number * 1000
  if (unit === 'epoch_milliseconds') return number
  return after(now, number * { seconds: 1, milliseconds: 0.001, minutes: 60 }[unit])
}

function after(now: Date, seconds: number | null): number | null {
  return seconds === null ? null : now.getTime() + seconds * 1000
}

/** ISO 8601, in UTC unless it has an offset; also the date format of HTTP headers. */
function isoTime(text: string): number | null {
  if (httpDate.test(text)) return finite(Date.parse(text))
  const [, date, hours, rest = '', offset = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(:\d{2}(?:[.,]\d{1,9})?)? ?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/.exec(text) ??
    []
  if (date === undefined) return null
  const zone = /^[zZ]$/.test(offset) ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3).replace(':', '') || '00'}`
  return finite(Date.parse(`${date}T${hours ?? '00:00'}${(rest || ':00').replace(',', '.')}${zone}`))
}

function finite(time: number): number | null {
  return Number.isFinite(time) ? time : null
}

/** `hours:minutes:seconds`, optionally with `days.` in front; also `PT1H30M`. */
function durationSeconds(text: string): number | null {
  const [, days = '0', hours, minutes, seconds] =
    /^(?:(\d{1,5})\.)?(\d{1,7}):([0-5]\d?):([0-5]\d?)(?:\.\d+)?$/.exec(text) ?? []
  if (hours !== undefined) return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
  const [whole, d = 0, h = 0, m = 0, s = 0] =
    /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,10})(?:\.\d+)?S)?)?$/.exec(text) ?? []
  return whole === undefined ? null : ((Number(d) * 24 + Number(h)) * 60 + Number(m)) * 60 + Number(s)
}
