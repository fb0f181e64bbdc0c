/** Between an ISO text in UTC, as addresses have it, and the text of `<input type="datetime-local">`. */

const dayMs = 86_400_000

/**
 * @param timeZone an IANA name; undefined: that of the browser
 * @returns a text that is no moment as it is
 */
export function localTextOf(moment: string, timeZone?: string): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return moment
  const local = new Date(at.getTime() + offsetMs(at.getTime(), timeZone)).toISOString()
  return local.slice(0, local.endsWith(':00.000Z') ? -8 : -5)
}

/** Of a time that the clocks skip, the one an hour later; of one that they repeat, the first. */
export function momentOf(localText: string, timeZone?: string): string {
  const local = Date.parse(`${localText}Z`)
  if (Number.isNaN(local)) return localText
  // The clocks change at most once between these two.
  const [before, after] = [local - offsetMs(local - dayMs, timeZone), local - offsetMs(local + dayMs, timeZone)]
  const isRight = (at: number) => at + offsetMs(at, timeZone) === local
  const right = [before, after].filter(isRight)
  return new Date(right.length === 0 ? before : Math.min(...right)).toISOString().replace('.000Z', 'Z')
}

/** How far the clocks of the time zone are ahead of UTC. */
function offsetMs(at: number, timeZone: string | undefined): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const local = new Date(0)
  // Not Date.UTC, which takes the years 0 to 99 as 1900 to 1999.
  local.setUTCFullYear(part('year'), part('month') - 1, part('day'))
  local.setUTCHours(part('hour'), part('minute'), part('second'))
  return local.getTime() - Math.floor(at / 1_000) * 1_000
}
