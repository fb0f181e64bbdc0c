import { describe, expect, it, test } from 'vitest'
import { dueSince, lastDue, nextDue } from '@/lib/domain/flows/schedule/due-times'
import { notesOnSchedule, scheduleInWords } from '@/lib/domain/flows/schedule/in-words'
import { checkSchedule, weekdays, type Schedule } from '@/lib/domain/flows/schedule/schedule'
import { refusalOf } from '@/tests/support/definition-builders'

const london = 'Europe/London'
const daily = (time: string, zone = london): Schedule => ({ kind: 'days', days: weekdays, time, zone })
const cron = (expression: string, zone = 'UTC'): Schedule => ({ kind: 'cron', expression, zone })
const minutes = (every: number, zone = 'UTC'): Schedule => ({ kind: 'minutes', every, zone })
const next = (schedule: Schedule, after: string, count = 3) =>
  nextDue(schedule, new Date(after), count).map((date) => date.toISOString().replace(':00.000Z', 'Z'))

describe('Every day at a time', () => {
  it('is due at the time of its zone, in winter and summer', () => {
    expect(next(daily('08:30'), '2026-03-28T00:00:00Z', 2)).toEqual(['2026-03-28T08:30Z', '2026-03-29T07:30Z'])
    expect(next(daily('08:30', 'Asia/Kolkata'), '2026-03-28T00:00:00Z', 1)).toEqual(['2026-03-28T03:00Z'])
  })

  it('is due after the gap if the time does not exist that day', () => {
    expect(next(daily('01:30'), '2026-03-28T12:00:00Z', 2)).toEqual(['2026-03-29T01:00Z', '2026-03-30T00:30Z'])
  })

  it('is due once, the first time, if the time occurs twice that day', () => {
    expect(next(daily('01:30'), '2026-10-24T12:00:00Z', 2)).toEqual(['2026-10-25T00:30Z', '2026-10-26T01:30Z'])
  })

  it('leaves out the days that are not chosen', () => {
    expect(
      next({ kind: 'days', days: ['friday', 'monday'], time: '00:00', zone: 'UTC' }, '2026-03-01T00:00:00Z'),
    ).toEqual([...['2026-03-02T00:00Z', '2026-03-06T00:00Z', '2026-03-09T00:00Z']])
    expect(next({ kind: 'days', days: ['sunday'], time: '00:00', zone: 'UTC' }, '2026-03-01T00:00:00Z', 1)).toEqual([
      '2026-03-08T00:00Z',
    ])
  })
})

describe('Monthly', () => {
  const onDays = (days: (number | 'last')[], months: number[] = []): Schedule => ({
    ...{ kind: 'days_of_month', days, months, time: '06:00', zone: 'UTC' },
  })

  it('is due on days of the month, and leaves out months without them', () => {
    expect(next(onDays([31]), '2026-03-31T06:00:00Z', 2)).toEqual(['2026-05-31T06:00Z', '2026-07-31T06:00Z'])
    expect(next(onDays(['last', 1]), '2026-02-01T06:00:00Z', 2)).toEqual(['2026-02-28T06:00Z', '2026-03-01T06:00Z'])
    expect(next(onDays([15], [1, 7]), '2026-02-01T06:00:00Z', 2)).toEqual(['2026-07-15T06:00Z', '2027-01-15T06:00Z'])
  })

  it('is due in weeks of the month', () => {
    const weeks: Schedule = {
      kind: 'weeks_of_month',
      weeks: [2, 'last'],
      day: 'friday',
      months: [],
      time: '06:00',
      zone: 'UTC',
    }
    expect(next(weeks, '2026-02-01T00:00:00Z')).toEqual(['2026-02-13T06:00Z', '2026-02-27T06:00Z', '2026-03-13T06:00Z'])
  })
})

describe('Every n minutes', () => {
  it('is really every n minutes, also over midnight and changes of clocks', () => {
    expect(next(minutes(45), '2026-03-01T00:00:00Z', 4)).toEqual([
      ...['2026-03-01T00:45Z', '2026-03-01T01:30Z', '2026-03-01T02:15Z', '2026-03-01T03:00Z'],
    ])
    const schedules: [Schedule, number][] = [
      [minutes(50, london), 3_000_000],
      [minutes(7, london), 420_000],
      [{ kind: 'hours', every: 5, zone: london }, 18_000_000],
    ]
    for (const [schedule, length] of schedules) {
      const times = nextDue(schedule, new Date('2026-03-28T20:00:00Z'), 200).map((date) => date.getTime())
      const gaps = new Set(times.slice(1).map((time, index) => time - times[index]!))
      expect([...gaps]).toEqual([length])
    }
  })

  it('is counted from midnight of its zone', () => {
    expect(next({ kind: 'hours', every: 1, zone: 'Asia/Kolkata' }, '2026-03-01T00:00:00Z', 1)).toEqual([
      '2026-03-01T00:30Z',
    ])
    expect(next({ kind: 'hours', every: 24, zone: 'Pacific/Kiritimati' }, '2026-03-01T00:00:00Z', 1)).toEqual([
      '2026-03-01T10:00Z',
    ])
    expect(next({ kind: 'hours', every: 24, zone: 'America/Los_Angeles' }, '2026-01-01T00:00:00Z', 1)).toEqual([
      '2026-01-01T08:00Z',
    ])
  })

  it('is never the moment itself, and exists before 2024', () => {
    expect(next(minutes(30), '2026-03-01T00:30:00Z', 1)).toEqual(['2026-03-01T01:00Z'])
    expect(next(minutes(45), '2023-12-31T23:00:00Z', 2)).toEqual(['2023-12-31T23:15Z', '2024-01-01T00:00Z'])
  })
})

describe('A cron expression', () => {
  it('is due by its five fields, in its zone', () => {
    expect(next(cron('30 8 * * 1-5', london), '2026-03-27T12:00:00Z', 2)).toEqual([
      '2026-03-30T07:30Z',
      '2026-03-31T07:30Z',
    ])
    expect(next(cron('  */45   * * * * '), '2026-03-01T00:00:00Z')).toEqual([
      '2026-03-01T00:45Z',
      '2026-03-01T01:00Z',
      '2026-03-01T01:45Z',
    ])
    expect(next(cron('0 6 1 * MON'), '2026-03-01T06:00:00Z', 2)).toEqual(['2026-03-02T06:00Z', '2026-03-09T06:00Z'])
  })

  it('with a step runs on through the hour that occurs twice', () => {
    expect(next(cron('*/30 * * * *', london), '2026-10-25T00:00:00Z', 4)).toEqual([
      ...['2026-10-25T00:30Z', '2026-10-25T01:00Z', '2026-10-25T01:30Z', '2026-10-25T02:00Z'],
    ])
  })

  it.each([
    ...[
      '',
      '* * * *',
      '* * * * * *',
      '@daily',
      '60 * * * *',
      '*/0 * * * *',
      'a * * * *',
      '1,,2 * * * *',
      '5-1 * * * *',
    ],
    ...['2026-01-01T00:00:00', '* * * * ;', `${'1,'.repeat(100)}1 * * * *`, '* * * * 8', '0 0 0 * *', '0 0 * 13 *'],
  ])('is refused if it cannot be read: %j', (expression) => {
    expect(refusalOf(checkSchedule(cron(expression))).field).toBe('expression')
    expect(next(cron(expression), '2026-03-01T00:00:00Z')).toEqual([])
    expect(lastDue(cron(expression), new Date())).toBeNull()
  })
})

describe('A schedule', () => {
  test.each<[string, Schedule, string]>([
    ['a zone that does not exist', daily('08:00', 'Mars/Base'), 'zone'],
    ['an abbreviation as zone', daily('08:00', 'CEST'), 'zone'],
    ['no days', { kind: 'days', days: [], time: '08:00', zone: london }, 'days'],
    [
      'no weeks',
      { kind: 'weeks_of_month', weeks: [], day: 'monday', months: [], time: '08:00', zone: london },
      'weeks',
    ],
    ['an impossible time', daily('24:00'), 'time'],
    ['an impossible day', { kind: 'days_of_month', days: [32], months: [], time: '08:00', zone: london }, 'days'],
    ['an impossible month', { kind: 'days_of_month', days: [1], months: [0], time: '08:00', zone: london }, 'months'],
    [
      'only days that never come',
      { kind: 'days_of_month', days: [30], months: [2], time: '08:00', zone: london },
      'days',
    ],
    ['an interval of nothing', minutes(0), 'every'],
    ['half a minute', minutes(0.5), 'every'],
    ['too long an interval', { kind: 'hours', every: 169, zone: london }, 'every'],
  ])('is refused with %s', (_what, schedule, field) => {
    expect(refusalOf(checkSchedule(schedule)).field).toBe(field)
  })

  test.each<[string, Schedule]>([
    ['Every minute (UTC)', minutes(1)],
    ['Every 45 minutes (UTC)', minutes(45)],
    ['Every hour (UTC)', { kind: 'hours', every: 1, zone: 'UTC' }],
    ['Every 6 hours (UTC)', { kind: 'hours', every: 6, zone: 'UTC' }],
    ['Every day at 08:30 (Europe/London)', daily('08:30')],
    ['From Monday to Friday at 08:30 (UTC)', { kind: 'days', days: weekdays.slice(0, 5), time: '08:30', zone: 'UTC' }],
    [
      'On Mondays and Thursdays at 08:30 (UTC)',
      { kind: 'days', days: ['thursday', 'monday'], time: '08:30', zone: 'UTC' },
    ],
    [
      'On the 1st, 22nd and last day of each month at 08:30 (UTC)',
      { kind: 'days_of_month', days: ['last', 22, 1], months: [], time: '08:30', zone: 'UTC' },
    ],
    [
      'On the 11th of January and July at 08:30 (UTC)',
      { kind: 'days_of_month', days: [11], months: [7, 1], time: '08:30', zone: 'UTC' },
    ],
    [
      'On the second and last Friday of each month at 08:30 (UTC)',
      { kind: 'weeks_of_month', weeks: ['last', 2], day: 'friday', months: [], time: '08:30', zone: 'UTC' },
    ],
    ['By the cron expression 30 8 * * 1-5 (UTC)', cron(' 30  8 * * 1-5')],
  ])('is said in words: %s', (words, schedule) => {
    expect(checkSchedule(schedule).ok).toBe(true)
    expect(scheduleInWords(schedule)).toBe(words)
  })

  it('has notes about what people may not expect', () => {
    expect(notesOnSchedule(minutes(45))).toEqual([
      'There are always 45 minutes between two runs, so the times differ from hour to hour.',
    ])
    expect(notesOnSchedule(cron('*/45 * * * *'))[0]).toContain('so the last wait in each hour is shorter')
    expect(notesOnSchedule({ kind: 'hours', every: 5, zone: 'UTC' })[0]).toContain('from day to day')
    expect(notesOnSchedule({ kind: 'hours', every: 6, zone: 'UTC' })[0]).toContain('When clocks change')
    expect(notesOnSchedule({ kind: 'days_of_month', days: [31], months: [], time: '08:00', zone: 'UTC' })[0]).toContain(
      'last day',
    )
    for (const quiet of [minutes(15), cron('*/15 * * * *'), cron('0 * * * *'), daily('08:00')])
      expect(notesOnSchedule(quiet)).toEqual([])
  })
})

describe('Runs that were missed', () => {
  const since = (last: string, now: string, onMissed: 'run_once' | 'skip', schedule = daily('08:00', 'UTC')) => {
    const due = dueSince(schedule, new Date(last), new Date(now), onMissed)
    return due && [due.at.toISOString(), due.starts]
  }

  it('start once, for the latest time, or are skipped', () => {
    expect(since('2026-03-01T08:00:00Z', '2026-03-05T12:00:00Z', 'run_once')).toEqual([
      '2026-03-05T08:00:00.000Z',
      true,
    ])
    expect(since('2026-03-01T08:00:00Z', '2026-03-05T12:00:00Z', 'skip')).toEqual(['2026-03-05T08:00:00.000Z', false])
  })

  it('are not those that start within a minute', () => {
    for (const onMissed of ['run_once', 'skip'] as const) {
      expect(since('2026-03-01T08:00:00Z', '2026-03-02T08:00:00Z', onMissed)).toEqual([
        '2026-03-02T08:00:00.000Z',
        true,
      ])
      expect(since('2026-03-01T08:00:00Z', '2026-03-02T08:01:00Z', onMissed)).toEqual([
        '2026-03-02T08:00:00.000Z',
        true,
      ])
    }
    expect(since('2026-03-01T08:00:00Z', '2026-03-02T08:01:00.001Z', 'skip')).toEqual([
      '2026-03-02T08:00:00.000Z',
      false,
    ])
  })

  it('do not exist before the next time, or if the clock went back', () => {
    expect(since('2026-03-01T08:00:00Z', '2026-03-02T07:59:59.999Z', 'run_once')).toBeNull()
    expect(since('2026-03-01T08:00:00Z', '2026-03-01T08:00:00.500Z', 'run_once')).toBeNull()
    expect(since('2026-03-01T08:00:00Z', '2026-02-20T00:00:00Z', 'run_once')).toBeNull()
  })

  it('of a year of minutes are found at once', () => {
    const began = performance.now()
    expect(since('2025-03-01T00:00:00Z', '2026-03-01T00:00:30Z', 'skip', cron('* * * * *'))).toEqual([
      '2026-03-01T00:00:00.000Z',
      true,
    ])
    expect(since('2025-03-01T00:00:00Z', '2026-03-01T00:00:30Z', 'skip', minutes(1))).toEqual([
      '2026-03-01T00:00:00.000Z',
      true,
    ])
    expect(performance.now() - began).toBeLessThan(500)
  })
})
