import { describe, expect, test } from 'vitest'
import { isInRange, isMoment, problemsOf } from '@/lib/domain/time-range'

const nine = '2026-11-29T09:00:00Z'
const ten = '2026-11-29T10:00:00.000Z'

describe('A time range', () => {
  test.each([
    { from: '', to: '' },
    { from: nine, to: '' },
    { from: '', to: ten },
    { from: nine, to: ten },
    { from: '2000-01-01T00:00:00Z', to: '2100-12-31T23:59:59Z' },
  ])('is valid: $from – $to', (range) => {
    expect(problemsOf(range)).toEqual({})
  })

  test.each([
    { from: ten, to: nine },
    { from: nine, to: nine },
    { from: nine, to: '2026-11-29T09:00:00.000Z' },
  ])('must not end before it starts: $from – $to', (range) => {
    expect(problemsOf(range)).toEqual({ to: 'To must be later than From.' })
  })

  test.each([
    'yesterday',
    '2026-11-29',
    '2026-11-29T09:00',
    '2026-02-30T09:00:00Z',
    '2026-13-01T09:00:00Z',
    '0',
    '%00',
  ])('refuses “%s” at its field, which is not a date with a time', (text) => {
    expect(problemsOf({ from: text, to: nine })).toEqual({ from: 'Enter a date and a time.' })
    expect(problemsOf({ from: nine, to: text })).toEqual({ to: 'Enter a date and a time.' })
    expect(isMoment(text)).toBe(false)
  })

  test.each(['0000-01-01T00:00:00Z', '0020-11-29T09:00:00Z', '1999-12-31T23:59:59Z', '2101-01-01T00:00:00Z'])(
    'refuses %s at its field, because the year is out of range',
    (text) => {
      expect(problemsOf({ from: text, to: '' })).toEqual({ from: 'Enter a year from 2000 to 2100.' })
      expect(isMoment(text)).toBe(false)
    },
  )

  test('includes its start, but not its end', () => {
    const range = { from: nine, to: ten }
    expect(isInRange(Date.parse(nine), range)).toBe(true)
    expect(isInRange(Date.parse(ten) - 1, range)).toBe(true)
    expect(isInRange(Date.parse(ten), range)).toBe(false)
    expect(isInRange(Date.parse(nine) - 1, range)).toBe(false)
    expect(isInRange(0, { from: '', to: '' })).toBe(true)
  })
})
