import { describe, expect, it, test } from 'vitest'
import { retryAfter, retryDelay, waitDelay } from '@/lib/domain/flows/repeat/back-off'
import { idempotencyKey } from '@/lib/domain/flows/repeat/idempotency-key'
import { nextStep, type AttemptOutcome, type RepeatInput } from '@/lib/domain/flows/repeat/next-step'
import { httpMethods, type HttpMethod } from '@/lib/domain/vocabulary'

const answered = (status: number, headers: [string, string][] = []): AttemptOutcome => ({
  kind: 'answered',
  status,
  headers,
})
const unknown: AttemptOutcome = { kind: 'unknown' }
const hour = 3_600_000

const after = (outcome: AttemptOutcome, given: Partial<RepeatInput> = {}) =>
  nextStep({
    ...{ outcome, method: 'POST', hasIdempotencyKey: false, mark: null, counted: 0, waits: 0, waited: 0 },
    ...{ mayHaveArrived: false, settings: { retries: 2, mostWaiting: 24 * hour } },
    ...{ now: new Date('2026-03-01T00:00:00Z'), random: 0 },
    ...given,
  })

const safe: HttpMethod[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']
const unsafe = httpMethods.filter((method) => !safe.includes(method))

describe('An attempt whose outcome is unknown', () => {
  it.each(unsafe)('parks the payload of a %s', (method) => {
    expect(after(unknown, { method })).toEqual({ kind: 'park' })
  })

  it.each(safe)('is repeated as a counted attempt with %s', (method) => {
    expect(after(unknown, { method })).toEqual({ kind: 'retry', afterMs: 500, counts: true })
  })

  it('is repeated with an idempotency key, or if somebody said so', () => {
    expect(after(unknown, { hasIdempotencyKey: true }).kind).toBe('retry')
    expect(after(unknown, { mark: 'may_be_repeated' }).kind).toBe('retry')
  })

  it.each(httpMethods)('is never repeated with %s if somebody said that it must not be', (method) => {
    expect(after(unknown, { method, mark: 'must_not_be_repeated', hasIdempotencyKey: true })).toEqual({ kind: 'park' })
  })

  it('fails the payload after the last retry, and at once without retries', () => {
    expect(after(unknown, { method: 'PUT', counted: 1 }).kind).toBe('retry')
    expect(after(unknown, { method: 'PUT', counted: 2 })).toEqual({ kind: 'fail', reason: 'no_response' })
    const settings = { retries: 0, mostWaiting: hour }
    expect(after(unknown, { method: 'PUT', settings })).toEqual({ kind: 'fail', reason: 'no_response' })
    expect(after(unknown, { settings })).toEqual({ kind: 'park' })
  })
})

describe('An attempt that certainly did not arrive', () => {
  it.each(httpMethods)('is repeated without counting with %s, whatever was marked', (method) => {
    for (const mark of ['must_not_be_repeated', null] as const) {
      expect(after({ kind: 'not_started' }, { method, mark, counted: 9 })).toEqual({
        kind: 'retry',
        afterMs: 0,
        counts: false,
      })
      expect(after({ kind: 'unreachable' }, { method, mark, counted: 9 })).toEqual({
        ...{ kind: 'wait', afterMs: 1_000, for: 'third_party' },
      })
    }
  })

  it('is waited for at growing intervals, up to the limit of the flow', () => {
    const settings = { retries: 2, mostWaiting: hour }
    const waits = [0, 1, 2, 20].map((count) => after({ kind: 'unreachable' }, { waits: count, settings }))
    expect(waits.map((step) => (step.kind === 'wait' ? step.afterMs : null))).toEqual([1_000, 2_000, 4_000, 150_000])
    expect(after({ kind: 'unreachable' }, { waits: 99, waited: hour - 10, settings })).toMatchObject({ afterMs: 10 })
    expect(after({ kind: 'unreachable' }, { waits: 99, waited: hour, settings })).toEqual({
      ...{ kind: 'fail', reason: 'waited_too_long' },
    })
  })
})

describe('A response', () => {
  it.each([200, 201, 202, 204, 299])('with status %d delivers the payload', (status) => {
    expect(after(answered(status))).toEqual({ kind: 'deliver' })
  })

  it.each([304, 400, 401, 403, 404, 409, 410, 413, 422])('with status %d fails it without a retry', (status) => {
    for (const method of httpMethods)
      expect(after(answered(status), { method })).toEqual({ kind: 'fail', reason: 'rejected' })
  })

  it.each([404, 410])('with status %d to a repeated DELETE delivers it', (status) => {
    expect(after(answered(status), { method: 'DELETE', mayHaveArrived: true })).toEqual({ kind: 'deliver' })
    expect(after(answered(status), { method: 'DELETE' })).toEqual({ kind: 'fail', reason: 'rejected' })
    expect(after(answered(status), { method: 'PUT', mayHaveArrived: true }).kind).toBe('fail')
  })

  it.each([500, 501, 408, 425, 507])('with status %d is followed by a retry where that is allowed', (status) => {
    expect(after(answered(status), { method: 'PUT' })).toEqual({ kind: 'retry', afterMs: 500, counts: true })
    expect(after(answered(status), { method: 'PUT', counted: 2 })).toEqual({ kind: 'fail', reason: 'failed' })
    expect(after(answered(status))).toEqual({ kind: 'fail', reason: 'failed' })
    expect(after(answered(status), { method: 'GET', mark: 'must_not_be_repeated' }).kind).toBe('fail')
  })

  it.each([502, 504])('with status %d of a gateway says nothing about a POST', (status) => {
    expect(after(answered(status))).toEqual({ kind: 'park' })
    expect(after(answered(status), { hasIdempotencyKey: true }).kind).toBe('retry')
    expect(after(answered(status), { method: 'GET' }).kind).toBe('retry')
  })

  test.each([429, 503])('with status %d waits without counting, as long as it asks for', (status) => {
    expect(after(answered(status), { counted: 9 })).toMatchObject({ kind: 'wait', afterMs: 1_000 })
    expect(after(answered(status, [['Retry-After', '120']]))).toMatchObject({ kind: 'wait', afterMs: 120_000 })
    expect(after(answered(status, [['retry-after', 'Sun, 01 Mar 2026 00:01:00 GMT']]))).toMatchObject({
      afterMs: 60_000,
    })
    expect(after(answered(status, [['retry-after', '999999999']]), { waited: hour })).toMatchObject({
      afterMs: 23 * hour,
    })
    expect(after(answered(status), { waited: 24 * hour })).toEqual({ kind: 'fail', reason: 'waited_too_long' })
  })

  it('with status 503 is not repeated if somebody said that it must not be; 429 did nothing', () => {
    expect(after(answered(503), { mark: 'must_not_be_repeated' })).toEqual({ kind: 'fail', reason: 'failed' })
    expect(after(answered(429), { mark: 'must_not_be_repeated' })).toMatchObject({ kind: 'wait', for: 'limit' })
  })

  it('can make a retry later, but not later than the flow waits', () => {
    const step = (value: string) => after(answered(500, [['Retry-After', value]]), { method: 'PUT' })
    expect([step('30'), step('999999999'), step('0')]).toMatchObject([
      ...[{ afterMs: 30_000 }, { afterMs: 24 * hour }, { afterMs: 500 }],
    ])
  })
})

describe('Waiting', () => {
  it('doubles, has a limit, and is spread by half', () => {
    expect([0, 1, 2, 30, 1e9].map((earlier) => retryDelay(earlier, 0))).toEqual([500, 1_000, 2_000, 30_000, 30_000])
    expect([0, 0.5, 0.999].map((random) => retryDelay(0, random))).toEqual([500, 750, 1_000])
    expect(waitDelay(1e9, 0.999)).toBeLessThanOrEqual(300_000)
  })

  const now = new Date('2026-03-01T00:00:00Z')
  it.each([
    ['5', 5_000],
    [' 0 ', 0],
    ['Sun, 01 Mar 2026 00:00:10 GMT', 10_000],
    ['Sat, 28 Feb 2026 00:00:00 GMT', 0],
    ['', null],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['2026-03-01T00:00:10Z', null],
    ['Xxx, 99 Xxx 2026 00:00:00 GMT', null],
    ['9'.repeat(30), null],
  ])('Retry-After: %j is %j', (value, expected) => {
    expect(retryAfter([['Retry-After', value]], now)).toBe(expected)
  })
})

describe('An idempotency key', () => {
  const origin = { originalRunId: 'run', shapeKey: 'send', rootPayload: 'p1', sequence: '0.1' }

  it('is the same for each attempt, in the form of a UUID', () => {
    expect(idempotencyKey(origin)).toBe(idempotencyKey({ ...origin }))
    expect(idempotencyKey(origin)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('differs by run, shape, payload and sequence, also if their texts together are the same', () => {
    const keys = [
      origin,
      ...Object.keys(origin).map((name) => ({ ...origin, [name]: 'other' })),
      { ...origin, originalRunId: 'run","send', shapeKey: '' },
      { ...origin, rootPayload: 'p', sequence: '10.1' },
    ].map(idempotencyKey)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
