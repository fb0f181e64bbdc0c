import { describe, expect, it } from 'vitest'
import { countAttempt, isBlocked, takeBack, waitInWords, type Attempts } from '@/lib/domain/access/sign-in-throttle'

const start = new Date('2026-01-01T12:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000)
const fresh: Attempts = { failures: 0, windowStart: start, blockedUntil: null }

function after(attempts: number, free = 5): Attempts {
  let state = fresh
  for (let index = 0; index < attempts; index += 1) state = countAttempt(state, free, start)
  return state
}

describe('failed sign-ins', () => {
  it('the free attempts do not block', () => {
    expect(after(4)).toMatchObject({ failures: 4, blockedUntil: null })
  })

  it.each([
    [5, 30],
    [6, 60],
    [7, 120],
    [9, 480],
    [10, 900],
    [60, 900],
  ])('after %i the wait is %i seconds', (attempts, seconds) => {
    expect(after(attempts).blockedUntil).toEqual(later(seconds))
  })

  it('the block ends by itself', () => {
    expect(isBlocked(after(5), later(29))).toBe(true)
    expect(isBlocked(after(5), later(30))).toBe(false)
  })

  it('a quiet quarter of an hour starts the count afresh', () => {
    expect(countAttempt(after(4), 5, later(901))).toEqual({ failures: 1, windowStart: later(901), blockedUntil: null })
  })

  it('a success gives back one attempt and lifts only the block that it caused itself', () => {
    expect(takeBack(after(5), 5)).toMatchObject({ failures: 4, blockedUntil: null })
    expect(takeBack(after(7), 5)).toMatchObject({ failures: 6, blockedUntil: later(120) })
    expect(takeBack(fresh, 5).failures).toBe(0)
  })

  it.each([
    [0.2, '1 second'],
    [29.1, '30 seconds'],
    [60, '1 minute'],
    [61, '2 minutes'],
    [900, '15 minutes'],
  ])('%d seconds read as %s', (seconds, words) => {
    expect(waitInWords(later(seconds), start)).toBe(words)
  })
})
