import type { RateLimitUnit } from './vocabulary'

/** How many requests an instance may send, and how they are spread (PRODUCT §7: they wait, they are not dropped). */

export type RateLimit = { amount: number; unit: RateLimitUnit }
type StoredRateLimit = { rateLimitAmount: number | null; rateLimitUnit: RateLimitUnit | null }

export type RequestLimits = {
  rate: RateLimit | null
  /** How many may be under way at once. */
  simultaneous: number | null
}

const periodMs: Record<RateLimitUnit, number> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** The instance's own rate limit, else the connector's default. */
export function limitsInForce(
  instance: StoredRateLimit & { maxConcurrent: number | null },
  connector: StoredRateLimit,
): RequestLimits {
  return { rate: rateOf(instance) ?? rateOf(connector), simultaneous: instance.maxConcurrent }
}

function rateOf({ rateLimitAmount: amount, rateLimitUnit: unit }: StoredRateLimit): RateLimit | null {
  return amount === null ? null : { amount, unit: unit ?? 'second' }
}

export function isLimited({ rate, simultaneous }: RequestLimits): boolean {
  return rate !== null || simultaneous !== null
}

export type Pace = {
  /** Between two requests of a steady stream. */
  intervalMs: number
  /** How far ahead of that stream a request may be: what an idle instance has saved up. */
  aheadMs: number
}

/** Requests travel at different speeds: those of one period must not arrive together with those of the next. */
const travelMs = 50

/**
 * Up to a tenth of the amount may go at once, the rest evenly spread, so slowly that no period of any beginning sees
 * more than the amount: of a burst of b, then one every T, a period P sees b - 1 + P/T. (The generic cell rate
 * algorithm, ITU-T I.371, with T as its increment and `aheadMs` as its limit.)
 */
export function paceOf({ amount, unit }: RateLimit): Pace {
  const burst = Math.max(1, Math.floor(amount / 10))
  const intervalMs = (periodMs[unit] + travelMs) / (amount - burst + 1)
  return { intervalMs, aheadMs: (burst - 1) * intervalMs }
}

/** "10 requests per second" */
export function rateInWords({ amount, unit }: RateLimit): string {
  return `${amount.toLocaleString('en-GB')} ${amount === 1 ? 'request' : 'requests'} per ${unit}`
}
