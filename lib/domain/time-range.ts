/** The ends of a range of time, as ISO texts, UTC: the first moment, and the one after the last. Empty: no end. */
export type TimeRange = { from: string; to: string }

/** No log is older, and databases and browsers agree about these years. */
export const firstYear = 2000
export const lastYear = 2100

const isoText = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** What is wrong with the ends of a range, for the field of each. */
export function problemsOf({ from, to }: TimeRange): Partial<TimeRange> {
  const problems = { from: problemOf(from), to: problemOf(to) }
  if (problems.from === undefined && problems.to === undefined && isReversed({ from, to }))
    problems.to = 'To must be later than From.'
  return problems
}

/** Whether nothing is wrong with this end by itself. */
export function isMoment(text: string): boolean {
  return text !== '' && problemOf(text) === undefined
}

/** Whether a moment, in milliseconds, is in the range. */
export function isInRange(moment: number, { from, to }: TimeRange): boolean {
  return (from === '' || Date.parse(from) <= moment) && (to === '' || Date.parse(to) > moment)
}

function problemOf(text: string): string | undefined {
  if (text === '') return undefined
  if (!isDateAndTime(text)) return 'Enter a date and a time.'
  const year = Number(text.slice(0, 4))
  return year < firstYear || year > lastYear ? `Enter a year from ${firstYear} to ${lastYear}.` : undefined
}

/** `Date` takes 30 February for 2 March. */
function isDateAndTime(text: string): boolean {
  const time = isoText.test(text) ? Date.parse(text) : NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 19))
}

function isReversed({ from, to }: TimeRange): boolean {
  return from !== '' && to !== '' && Date.parse(from) >= Date.parse(to)
}
