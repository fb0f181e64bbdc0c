import { Cron } from 'croner'
import { isTimeZone } from '../../dates/time-zone'
import { refuse, succeed, type Result } from '../../result'

/** When a flow starts by itself. All times are in one time zone of the IANA database. */

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

type Timing =
  | { kind: 'minutes'; every: number }
  | { kind: 'hours'; every: number }
  /** `time`: 24 hours, 08:30. */
  | { kind: 'days'; days: readonly Weekday[]; time: string }
  /** `months`: 1 to 12; none means each month. */
  | { kind: 'days_of_month'; days: readonly (number | 'last')[]; months: readonly number[]; time: string }
  /** `weeks`: the first to fourth, or the last, of these days in the month. */
  | {
      kind: 'weeks_of_month'
      weeks: readonly (1 | 2 | 3 | 4 | 'last')[]
      day: Weekday
      months: readonly number[]
      time: string
    }
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  | { kind: 'cron'; expression: string }

export type Schedule = Timing & { zone: string }
export type Interval = Extract<Schedule, { kind: 'minutes' | 'hours' }>

export function isInterval(schedule: Schedule): schedule is Interval {
  return schedule.kind === 'minutes' || schedule.kind === 'hours'
}

const most = { minutes: 1_440, hours: 168 } as const

/** Refuses a schedule that cannot be read, or that is never due. */
export function checkSchedule(schedule: Schedule): Result<Schedule> {
  if (!isTimeZone(schedule.zone))
    return refuse('invalid_input', 'Choose a time zone from the list, such as Europe/London.', 'zone')
  if (isInterval(schedule)) {
    const limit = most[schedule.kind]
    if (Number.isInteger(schedule.every) && schedule.every >= 1 && schedule.every <= limit) return succeed(schedule)
    return refuse('invalid_input', `Enter a whole number from 1 to ${limit.toLocaleString('en-GB')}.`, 'every')
  }
  const problem = problemOfDays(schedule)
  if (problem) return problem
  const cron = cronOf(schedule)
  if (!cron) return refuse('invalid_input', unreadableCron, 'expression')
  if (cron.nextRun(anyMoment)) return succeed(schedule)
  return refuse('invalid_input', 'This is never due: none of the months has such a day.', 'days')
}

const unreadableCron =
  'Write five fields with spaces between them: minute, hour, day of the month, month and day of the week, such as 30 8 * * 1-5.'

/** Leap days are found from any moment. */
const anyMoment = new Date('2024-01-01T00:00:00Z')

function problemOfDays(schedule: Exclude<Schedule, Interval>): Result<never> | null {
  if (schedule.kind === 'cron') return null
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(schedule.time))
    return refuse('invalid_input', 'Enter a time from 00:00 to 23:59.', 'time')
  if (schedule.kind !== 'weeks_of_month' && schedule.days.length === 0)
    return refuse('invalid_input', 'Choose at least one day.', 'days')
  if (schedule.kind === 'weeks_of_month' && schedule.weeks.length === 0)
    return refuse('invalid_input', 'Choose at least one week.', 'weeks')
  const days = schedule.kind === 'days_of_month' ? schedule.days : []
  if (days.some((day) => day !== 'last' && !isBetween(day, 1, 31)))
    return refuse('invalid_input', 'Choose days from 1 to 31, or the last day.', 'days')
  if (schedule.kind !== 'days' && schedule.months.some((month) => !isBetween(month, 1, 12)))
    return refuse('invalid_input', 'Choose months from 1 to 12.', 'months')
  return null
}

function isBetween(number: number, least: number, highest: number): boolean {
  return Number.isInteger(number) && number >= least && number <= highest
}

/**
 * The times of a schedule that is no interval. A time that does not exist, when clocks go forward, is due at the first
 * moment after the gap; one that occurs twice, when they go back, is due at its first occurrence. With `*` or a step in
 * the minutes or hours of a cron expression, what does not exist is left out, and what occurs twice is due twice.
 * @returns null if the expression cannot be read
 */
export function cronOf(schedule: Exclude<Schedule, Interval>): Cron | null {
  const expression = expressionOf(schedule)
  // Other libraries disagree about what is not in these fields, and a date would be read as a single time.
  if (expression.length > 200 || !/^[\d*,/#+A-Za-z-]+(?: [\d*,/#+A-Za-z-]+){4}$/.test(expression)) return null
  try {
    return new Cron(expression, {
      ...{ mode: '5-part', paused: true, timezone: schedule.zone, fixedTimeRule: 'no-wildcard' },
    })
  } catch {
    return null
  }
}

function expressionOf(schedule: Exclude<Schedule, Interval>): string {
  if (schedule.kind === 'cron') return schedule.expression.trim().replace(/\s+/g, ' ')
  const [hour, minute] = schedule.time.split(':').map(Number)
  const at = `${minute} ${hour}`
  if (schedule.kind === 'days') return `${at} * * ${schedule.days.map(numberOf).join(',')}`
  const months = schedule.months.length === 0 ? '*' : schedule.months.join(',')
  if (schedule.kind === 'days_of_month')
    return `${at} ${schedule.days.map((day) => (day === 'last' ? 'L' : day)).join(',')} ${months} *`
  const days = schedule.weeks.map((week) => `${numberOf(schedule.day)}#${week === 'last' ? 'L' : week}`)
  return `${at} * ${months} ${days.join(',')}`
}

function numberOf(day: Weekday): number {
  return weekdays.indexOf(day) + 1
}
