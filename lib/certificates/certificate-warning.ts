const day = 86_400_000
const warnedDaysBefore = 30

/** What to say about the validity of an instance's certificate, or null while there is time enough. */
export function certificateWarning(validTo: Date | null, now: Date): string | null {
  if (validTo === null) return null
  const date = validTo.toISOString().slice(0, 10)
  const left = validTo.getTime() - now.getTime()
  if (left <= 0) return `The certificate expired on ${date}. Upload a new one.`
  const days = Math.floor(left / day)
  if (left > warnedDaysBefore * day) return null
  if (days === 0) return `The certificate expires today (${date}, UTC). Upload a new one.`
  return `The certificate expires in ${days} ${days === 1 ? 'day' : 'days'}, on ${date}. Upload a new one before.`
}
