import type { SortColumns } from '@/lib/platform/lists/list-page'

/** The sort orders and filters of *Activity*, with their labels. */

export const activitySorts = { at: { column: 'at', kind: 'date' } } as const satisfies SortColumns

/** The value in the address, instead of a person, for what Patchbay did by itself. */
export const systemPerson = 'system'

/** The value in the address, before the ID of a key, for what an API key did. */
export const keyChoice = 'key:'

/** The periods of the filter, with their labels. */
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
  api_key: 'API key',
  workspace: 'Workspace',
  origin: 'Address',
  setting: 'Setting',
} as const
export type ObjectType = keyof typeof objectTypes
