import { describe, expect, test } from 'vitest'
import { isLimited, effectiveLimits, paceOf, rateInWords, type RateLimit } from '@/lib/domain/rate-limit'
import { rateLimitUnits, type RateLimitUnit } from '@/lib/domain/vocabulary'

const none = { rateLimitAmount: null, rateLimitUnit: null }
const perMinute = { rateLimitAmount: 100, rateLimitUnit: 'minute' } as const
const perDay = { rateLimitAmount: 5, rateLimitUnit: 'day' } as const

describe('the effective limits', () => {
  test.each([
    ["the instance's own", perMinute, perDay, { amount: 100, unit: 'minute' }],
    ["the connector's default, if the instance has none", none, perDay, { amount: 5, unit: 'day' }],
    ['none, if neither has one', none, none, null],
    ['none, if only a unit is stored', { rateLimitAmount: null, rateLimitUnit: 'hour' as const }, none, null],
  ])('%s', (_case, instance, connector, rate) => {
    expect(effectiveLimits({ ...instance, maxConcurrent: null }, connector)).toEqual({ rate, simultaneous: null })
  })

  test('simultaneous requests are limited by the instance only', () => {
    expect(effectiveLimits({ ...none, maxConcurrent: 2 }, perDay)).toEqual({
      rate: { amount: 5, unit: 'day' },
      simultaneous: 2,
    })
  })

  test.each([
    [{ rate: null, simultaneous: null }, false],
    [{ rate: null, simultaneous: 1 }, true],
    [{ rate: { amount: 1, unit: 'day' }, simultaneous: null }, true],
  ] as const)('%j: limited is %s', (limits, expected) => {
    expect(isLimited(limits)).toBe(expected)
  })
})

const periodMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** When a sender without pauses may send, according to the generic cell rate algorithm. */
function sendingTimes(limit: RateLimit, untilMs: number): number[] {
  const { intervalMs, aheadMs } = paceOf(limit)
  const times: number[] = []
  for (let dueAt = 0; Math.max(0, dueAt - aheadMs) < untilMs; dueAt += intervalMs)
    times.push(Math.max(0, dueAt - aheadMs))
  return times
}

function mostInAnyPeriod(times: number[], period: number): number {
  return Math.max(...times.map((from, first) => times.slice(first).filter((at) => at < from + period).length))
}

describe('the pace', () => {
  const amounts = [1, 2, 3, 9, 10, 19, 20, 50, 100, 333]
  const limits = (Object.keys(rateLimitUnits) as RateLimitUnit[]).flatMap((unit) =>
    amounts.map((amount) => ({ amount, unit })),
  )

  test.each(limits)('of $amount per $unit never allows more than that in any period of that length', (limit) => {
    expect(mostInAnyPeriod(sendingTimes(limit, 3 * periodMs[limit.unit]), periodMs[limit.unit])).toBeLessThanOrEqual(
      limit.amount,
    )
  })

  test.each(limits)('of $amount per $unit leaves less than a sixth unused', (limit) => {
    const steady = periodMs[limit.unit] / paceOf(limit).intervalMs
    expect(steady).toBeGreaterThan((limit.amount * 5) / 6)
  })

  test('allows a tenth of the amount at once, but at least one', () => {
    const atOnce = (amount: number) => sendingTimes({ amount, unit: 'hour' }, 3_600_000).filter((at) => at < 1).length
    expect([1, 10, 25, 100].map(atOnce)).toEqual([1, 1, 2, 10])
  })

  test('of ten per second is slightly slower than one every tenth of a second', () => {
    expect(paceOf({ amount: 10, unit: 'second' })).toEqual({ intervalMs: 105, aheadMs: 0 })
  })
})

test('a rate limit in words', () => {
  expect([rateInWords({ amount: 1, unit: 'hour' }), rateInWords({ amount: 5_000, unit: 'day' })]).toEqual([
    '1 request per hour',
    '5,000 requests per day',
  ])
})
