import { Cron } from 'croner'
import { cronOf, isInterval, type Interval, type Schedule } from './schedule'

/**
 * When a schedule is due. _Every n minutes_ and _every n hours_ really are: they are counted from midnight of 1 January
 * 2024 in their time zone, through days and changes of clocks. So every 45 minutes is 00:00, 00:45, 01:30, not minute 0
 * and 45 of each hour.
 */

/** The next times after a moment, at most `count`. */
export function nextDue(schedule: Schedule, after: Date, count: number): Date[] {
  if (!isInterval(schedule)) return cronOf(schedule)?.nextRuns(count, after) ?? []
  const { start, length } = stepsOf(schedule)
  const next = Math.floor((after.getTime() - start) / length) + 1
  return Array.from({ length: count }, (_, index) => new Date(start + (next + index) * length))
}

/** The last time up to and including a moment; null if there was none. */
export function lastDue(schedule: Schedule, until: Date): Date | null {
  // The library looks before its moment, in whole seconds.
  if (!isInterval(schedule)) return cronOf(schedule)?.previousRuns(1, nextSecond(until))[0] ?? null
  const { start, length } = stepsOf(schedule)
  return new Date(start + Math.floor((until.getTime() - start) / length) * length)
}

function nextSecond(moment: Date): Date {
  return new Date((Math.floor(moment.getTime() / 1_000) + 1) * 1_000)
}

function stepsOf({ kind, every, zone }: Interval): { start: number; length: number } {
  const midnight = new Cron('0 0 1 1 *', { mode: '5-part', paused: true, timezone: zone })
  const start = midnight.nextRun(new Date('2023-12-31T00:00:00Z'))!.getTime()
  return { start, length: every * (kind === 'minutes' ? 60_000 : 3_600_000) }
}

/** A run that starts within this time is not late. */
const onTime = 60_000

export type Due = {
  /** To be stored as the last time that was dealt with. */
  at: Date
  /** Whether a run is to be started for it. */
  starts: boolean
}

/**
 * The latest time that became due since the last one that was dealt with; null if there is none. However many were
 * missed, at most one run starts: for the latest, if it is on time or missed runs are to be made up for.
 * @param last the last time that was dealt with, or the moment when the trigger became active
 */
export function dueSince(schedule: Schedule, last: Date, now: Date, onMissed: 'run_once' | 'skip'): Due | null {
  const at = lastDue(schedule, now)
  if (!at || at <= last) return null
  return { at, starts: onMissed === 'run_once' || now.getTime() - at.getTime() <= onTime }
}
