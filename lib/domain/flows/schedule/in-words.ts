import { counted } from '../../counted'
import { isInterval, weekdays, type Schedule, type Weekday } from './schedule'

/** “Every day at 08:30 (Europe/London)”. */
export function scheduleInWords(schedule: Schedule): string {
  return `${timingInWords(schedule)} (${schedule.zone})`
}

function timingInWords(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'minutes':
      return schedule.every === 1 ? 'Every minute' : `Every ${counted(schedule.every, 'minute')}`
    case 'hours':
      return schedule.every === 1 ? 'Every hour' : `Every ${counted(schedule.every, 'hour')}`
    case 'days':
      return `${daysInWords(schedule.days)} at ${schedule.time}`
    case 'days_of_month': {
      const days = ordered(schedule.days).map((day) => (day === 'last' ? 'last day' : ordinal(day)))
      return `On the ${listed(days)} ${monthsInWords(schedule.months)} at ${schedule.time}`
    }
    case 'weeks_of_month': {
      const weeks = ordered(schedule.weeks).map((week) => (week === 'last' ? 'last' : weekWords[week - 1]!))
      return `On the ${listed(weeks)} ${capitalised(schedule.day)} ${monthsInWords(schedule.months)} at ${schedule.time}`
    }
    case 'cron':
      return `By the cron expression ${schedule.expression.trim().replace(/\s+/g, ' ')}`
  }
}

const weekWords = ['first', 'second', 'third', 'fourth']
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function daysInWords(days: readonly Weekday[]): string {
  const chosen = weekdays.filter((day) => days.includes(day))
  if (chosen.length === 7) return 'Every day'
  if (chosen.join() === weekdays.slice(0, 5).join()) return 'From Monday to Friday'
  return `On ${listed(chosen.map((day) => `${capitalised(day)}s`))}`
}

function monthsInWords(months: readonly number[]): string {
  const chosen = [...new Set(months)].sort((one, other) => one - other)
  return chosen.length % 12 === 0 ? 'of each month' : `of ${listed(chosen.map((month) => monthNames[month - 1]!))}`
}

function ordered<Day extends number | 'last'>(days: readonly Day[]): Day[] {
  const rank = (day: Day) => (day === 'last' ? 99 : Number(day))
  return [...new Set(days)].sort((one, other) => rank(one) - rank(other))
}

function ordinal(day: number): string {
  const ending = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')
  return `${day}${ending}`
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** What people may not expect of a schedule, in sentences. */
export function notesOnSchedule(schedule: Schedule): string[] {
  if (isInterval(schedule)) {
    const minutes = schedule.every * (schedule.kind === 'minutes' ? 1 : 60)
    if (minutes < 60 ? 60 % minutes === 0 : 1_440 % minutes === 0)
      return minutes > 60 ? ['When clocks change, the times of day move by that hour.'] : []
    return [
      `There are always ${counted(minutes, 'minute')} between two runs, so the times differ from ${minutes < 60 ? 'hour to hour' : 'day to day'}.`,
    ]
  }
  if (schedule.kind === 'days_of_month' && schedule.days.some((day) => day !== 'last' && day > 28))
    return ['Months without such a day are left out. Choose the last day for the end of each month.']
  if (schedule.kind !== 'cron') return []
  const fields = schedule.expression.trim().split(/\s+/)
  const step = /^\*\/(\d{1,2})$/.exec(fields[0] ?? '')?.[1]
  if (step === undefined || 60 % Number(step) === 0) return []
  return [
    `*/${step} means the minutes of each hour that ${step} divides, beginning with 0, so the last wait in each hour is shorter. For a run every ${counted(Number(step), 'minute')}, choose minutes instead.`,
  ]
}
