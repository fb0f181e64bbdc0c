import { describe, expect, test } from 'vitest'
import { localTextOf, momentOf } from '@/components/activity/moment-text'

describe('a time that is typed in the time zone of the profile', () => {
  test.each([
    ['2026-07-01T12:00', 'Europe/London', '2026-07-01T11:00:00Z'],
    ['2026-12-01T12:00', 'Europe/London', '2026-12-01T12:00:00Z'],
    ['2026-12-01T00:15', 'Asia/Kathmandu', '2026-11-30T18:30:00Z'],
    ['2026-12-01T23:30:05', 'America/Los_Angeles', '2026-12-02T07:30:05Z'],
    ['2026-06-01T00:00', 'Pacific/Kiritimati', '2026-05-31T10:00:00Z'],
    ['2026-06-01T00:00', 'UTC', '2026-06-01T00:00:00Z'],
  ])('%s in %s is %s, and is shown again as it was typed', (typed, zone, moment) => {
    expect(momentOf(typed, zone)).toBe(moment)
    expect(localTextOf(moment, zone)).toBe(typed)
  })

  test('is the hour later where the clocks skip it', () => {
    expect(momentOf('2026-03-29T01:30', 'Europe/London')).toBe('2026-03-29T01:30:00Z')
    expect(localTextOf('2026-03-29T01:30:00Z', 'Europe/London')).toBe('2026-03-29T02:30')
    expect(momentOf('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00Z')
  })

  test('is the first where the clocks repeat it', () => {
    expect(momentOf('2026-10-25T01:30', 'Europe/London')).toBe('2026-10-25T00:30:00Z')
    expect(momentOf('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00Z')
  })

  test('stays as it is when it is no time', () => {
    expect(momentOf('soon', 'UTC')).toBe('soon')
    expect(localTextOf('soon', 'UTC')).toBe('soon')
  })
})

test('without a time zone it is that of the browser', () => {
  const typed = '2026-07-01T12:00'
  expect(momentOf(typed)).toBe(new Date(typed).toISOString().replace('.000Z', 'Z'))
  expect(localTextOf(momentOf(typed))).toBe(typed)
})
