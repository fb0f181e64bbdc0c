import { counted } from '@/lib/domain/counted'

const day = 86_400_000
/** PRODUCT: Certificate. */
export const warnedDaysBefore = 30

/** Which warning about the expiry of a certificate is recorded in *Activity*; empty if none is needed yet. */
export type CertificateState = '' | 'expiring' | 'expired'

export function certificateState(validTo: Date | null, now: Date): CertificateState {
  if (validTo === null) return ''
  const left = validTo.getTime() - now.getTime()
  if (left <= 0) return 'expired'
  return left > warnedDaysBefore * day ? '' : 'expiring'
}

/** A short text for a badge; null if no warning is needed yet. */
export function certificateEnd(
  validTo: Date | null,
  now: Date,
): { state: 'expiring' | 'expired'; words: string } | null {
  const state = certificateState(validTo, now)
  if (validTo === null || state === '') return null
  return { state, words: state === 'expired' ? 'Certificate expired' : `Certificate expires ${inDays(validTo, now)}` }
}

/** A warning about the validity of an instance's certificate; null if none is needed yet. */
export function certificateWarning(validTo: Date | null, now: Date): string | null {
  const state = certificateState(validTo, now)
  if (validTo === null || state === '') return null
  const date = validTo.toISOString().slice(0, 10)
  if (state === 'expired') return `The certificate expired on ${date}. Upload a new one.`
  const when = inDays(validTo, now)
  if (when === 'today') return `The certificate expires today (${date}, UTC). Upload a new one.`
  return `The certificate expires ${when}, on ${date}. Upload a new one before then.`
}

/** The reason of an instance that is failing because its client certificate has expired. */
export function expiredReason(connectorName: string, validTo: Date): string {
  return `The client certificate for ${connectorName} expired on ${validTo.toISOString().slice(0, 10)}.`
}

function inDays(validTo: Date, now: Date): string {
  const days = Math.floor((validTo.getTime() - now.getTime()) / day)
  if (days === 0) return 'today'
  return `in ${counted(days, 'day')}`
}
