import { httpDate } from '../../dates/http-date'

/** How long to wait before a request is repeated, in milliseconds. */

type Growth = { first: number; most: number }

/** After a failure of one payload. */
const ofRetries: Growth = { first: 1_000, most: 60_000 }
/** While the third party is down or limits requests. */
const ofWaits: Growth = { first: 2_000, most: 300_000 }

/**
 * Doubles with each time, between half and the whole of it, so that many payloads do not come back at once.
 * @param earlier how often this was waited for before
 * @param random at least 0 and less than 1
 */
function grown({ first, most }: Growth, earlier: number, random: number): number {
  const whole = Math.min(most, first * 2 ** Math.min(earlier, 30))
  return Math.round(whole * (0.5 + random / 2))
}

export function retryDelay(earlier: number, random: number): number {
  return grown(ofRetries, earlier, random)
}

export function waitDelay(earlier: number, random: number): number {
  return grown(ofWaits, earlier, random)
}

/**
 * What the response asks for in `Retry-After`: seconds, or a date. Null if it has none that can be read.
 * @see RFC 9110 §10.2.3
 */
export function retryAfter(headers: readonly (readonly [name: string, value: string])[], now: Date): number | null {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000
  if (!httpDate.test(value)) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}
