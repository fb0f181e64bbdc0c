import type { InstanceDetailsInput } from './schema'
import type { InstanceDetails } from './views'

/** The details as the database holds them: without an amount a unit means nothing. */
export function detailsOf({ rateLimitUnit, ...input }: InstanceDetailsInput): InstanceDetails {
  return { ...input, rateLimitUnit: input.rateLimitAmount === null ? null : rateLimitUnit }
}
