import type { RateLimitUnit } from '@/lib/domain/vocabulary'
import type { InstanceDetails } from '@/lib/credentials/instance-details'
import type { InheritedDetails } from '@/lib/instances/views'

/** The details while they are edited: as text, as typed. */
export type DetailsDraft = {
  name: string
  timeZone: string
  dateFormat: string
  rateLimitAmount: string
  rateLimitUnit: RateLimitUnit
  maxConcurrent: string
  externalId: string
  /** Separated by commas. */
  labels: string
}

export const detailNames = [
  'name',
  'timeZone',
  'dateFormat',
  'rateLimitAmount',
  'rateLimitUnit',
  'maxConcurrent',
  'externalId',
  'labels',
] as const satisfies (keyof DetailsDraft)[]

export function detailsDraft(details: InstanceDetails, inherited: InheritedDetails): DetailsDraft {
  return {
    name: details.name,
    timeZone: details.timeZone,
    dateFormat: details.dateFormat,
    rateLimitAmount: textOf(details.rateLimitAmount),
    rateLimitUnit: details.rateLimitUnit ?? inherited.rateLimitUnit ?? 'second',
    maxConcurrent: textOf(details.maxConcurrent),
    externalId: details.externalId,
    labels: details.labels.join(', '),
  }
}

function textOf(number: number | null): string {
  return number === null ? '' : String(number)
}

export function sameDetails(one: DetailsDraft, other: DetailsDraft): boolean {
  return detailNames.every(
    (name) =>
      one[name] === other[name] ||
      (name === 'rateLimitUnit' && one.rateLimitAmount === '' && other.rateLimitAmount === ''),
  )
}
