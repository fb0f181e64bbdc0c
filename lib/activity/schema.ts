import type { SortColumns } from '@/lib/platform/lists/list-page'

/** What *Activity* is sorted and filtered by, in the words of its screen. */

export const activitySorts = { at: { column: 'at', kind: 'date' } } as const satisfies SortColumns

/** In the address, instead of a person: what Patchbay did by itself. */
export const systemPerson = 'system'

/** How far back, in the words of the filter. */
export const periods = { hour: 'Last hour', day: 'Last 24 hours', week: 'Last 7 days' } as const
export type Period = keyof typeof periods

export const objectTypes = {
  connector: 'Connector',
  authentication_method: 'Authentication method',
  endpoint: 'Endpoint',
  enablement: 'Enablement',
  variable: 'Variable',
  instance: 'Instance',
  authorisation: 'Authorisation',
  flow: 'Flow',
  shape: 'Shape',
  user: 'Person',
  session: 'Session',
  workspace: 'Workspace',
  origin: 'Address',
} as const
export type ObjectType = keyof typeof objectTypes
