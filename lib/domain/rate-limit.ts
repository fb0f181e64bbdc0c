import type { RateLimitUnit } from './vocabulary'
import { counted } from './counted'

/** How many requests an instance may send, and how they are spread (PRODUCT §7: they wait, they are not dropped). */

export type RateLimit = { amount: number; unit: RateLimitUnit }
type StoredRateLimit = { rateLimitAmount: number | null; rateLimitUnit: RateLimitUnit | null }

export type RequestLimits = {
  rate: RateLimit | null
  /** The maximum number of requests at the same time. */
  simultaneous: number | null
}

const periodMs: Record<RateLimitUnit, number> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** The instance's own rate limit, or the connector's default. */
export function effectiveLimits(
  instance: StoredRateLimit & { maxConcurrent: number | null },
  connector: StoredRateLimit,
): RequestLimits {
  return { rate: rateOf(instance) ?? rateOf(connector), simultaneous: instance.maxConcurrent }
}

/** A unit that was not chosen is a second. */
export function rateOf({ rateLimitAmount: amount, rateLimitUnit: unit }: StoredRateLimit): RateLimit | null {
  return amount === null ? null : { amount, unit: unit ?? 'second' }
}

export function isLimited({ rate, simultaneous }: RequestLimits): boolean {
  return rate !== null || simultaneous !== null
}

export type Pace = {
  /** The interval between two requests of a steady stream. */
  intervalMs: number
  /** How far ahead of that stream a request may be: the burst that an idle instance may send. */
  aheadMs: number
}

/** Allows for different latencies: requests of one period must not arrive together with those of the next. */
const travelMs = 50

/**
 * Up to a tenth of the amount may be sent at once. The rest is spread evenly, so slowly that no period, whenever it
 * begins, has more than the amount: with a burst of b and then one request every T, a period P has b - 1 + P/T.
 * (The generic cell rate algorithm, ITU-T I.371, with T as its increment and `aheadMs` as its limit.)
 */
export function paceOf({ amount, unit }: RateLimit): Pace {
  const burst = Math.max(1, Math.floor(amount / 10))
  const intervalMs = (periodMs[unit] + travelMs) / (amount - burst + 1)
  return { intervalMs, aheadMs: (burst - 1) * intervalMs }
}

/** “10 requests per second” */
export function rateInWords({ amount, unit }: RateLimit): string {
  return `${counted(amount, 'request')} per ${unit}`
}
