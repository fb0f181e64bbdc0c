/** Between an ISO text in UTC, as addresses have it, and the text of `<input type="datetime-local">`. */

const digits = (value: number, length = 2) => String(value).padStart(length, '0')

/** In the browser's time zone. A text that is no moment stays as it is. */
export function localTextOf(moment: string): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return moment
  const date = `${digits(at.getFullYear(), 4)}-${digits(at.getMonth() + 1)}-${digits(at.getDate())}`
  const time = `${digits(at.getHours())}:${digits(at.getMinutes())}`
  return `${date}T${time}${at.getSeconds() === 0 ? '' : `:${digits(at.getSeconds())}`}`
}

/** Of a time that the clocks skip, the one an hour later; of one that they repeat, the first. */
export function momentOf(localText: string): string {
  const at = new Date(localText)
  return Number.isNaN(at.getTime()) ? localText : at.toISOString().replace('.000Z', 'Z')
}
