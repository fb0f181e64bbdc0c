const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' })

/** "in 41 minutes", "3 days ago"; beyond a month the date itself. */
export function relativeTime(date: Date, now: Date): string {
  const distance = date.getTime() - now.getTime()
  const size = Math.abs(distance)
  // The page updates its clock every 30 seconds, so a recent event may appear to be in the future.
  if (size < 45_000) return distance <= 30_000 ? 'just now' : 'in less than a minute'
  if (size < 45 * minute) return words.format(Math.round(distance / minute), 'minute')
  if (size < 22 * hour) return words.format(Math.round(distance / hour), 'hour')
  if (size < 30 * day) return words.format(Math.round(distance / day), 'day')
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}
