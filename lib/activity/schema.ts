import { isId } from '@/lib/platform/db/is-id'
import { oneParam, type SearchParams, type SortColumns } from '@/lib/platform/lists/list-page'
import type { RequestOutcome } from '@/lib/request-log/words'
import { requestOutcomes } from '@/lib/request-log/words'

/** What the address says about *Activity*. What makes no sense counts as not said. */

export const activitySorts = { at: { column: 'at', kind: 'date' } } as const satisfies SortColumns

/** How far back, in the words of the filter. */
export const periods = { hour: 'Last hour', day: 'Last 24 hours', week: 'Last 7 days' } as const
export type Period = keyof typeof periods
const milliseconds: Record<Period, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 }

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
  workspace: 'Workspace',
  origin: 'Address',
} as const
export type ObjectType = keyof typeof objectTypes

const isKey = <Words extends object>(words: Words, text: string): text is keyof Words & string =>
  Object.hasOwn(words, text)

export type ActivityFilter = {
  userId?: string
  outcome?: RequestOutcome
  objectType?: ObjectType
  objectId?: string
  instanceId?: string
  /** ISO 8601, UTC. */
  from?: string
}

export function readActivityFilter(search: SearchParams, now: Date): ActivityFilter {
  const person = oneParam(search, 'person')
  const instance = oneParam(search, 'instance')
  const of = oneParam(search, 'of')
  const outcome = oneParam(search, 'outcome')
  const objectType = oneParam(search, 'object')
  const period = oneParam(search, 'period')
  return {
    ...(isId(person) && { userId: person }),
    ...(isId(instance) && { instanceId: instance }),
    ...(isId(of) && { objectId: of }),
    ...(isKey(requestOutcomes, outcome) && { outcome }),
    ...(isKey(objectTypes, objectType) && { objectType }),
    ...(isKey(periods, period) && { from: new Date(now.getTime() - milliseconds[period]).toISOString() }),
  }
}

/** What of the filter concerns requests. */
export function requestFilterOf({ objectType: _type, objectId: _id, ...filter }: ActivityFilter) {
  return filter
}

/** What of the filter concerns changes. */
export function changeFilterOf({ instanceId: _instance, outcome: _outcome, ...filter }: ActivityFilter) {
  return filter
}
