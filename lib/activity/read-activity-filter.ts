import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requestOutcomes, type RequestOutcome } from '@/lib/request-log/words'
import { objectTypes, periods, type ObjectType, type Period } from './schema'

/** What the address says about *Activity*. What makes no sense counts as not said. */

const milliseconds: Record<Period, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 }

const said = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)

const addressSchema = z.object({
  person: said(z.uuid()),
  instance: said(z.uuid()),
  of: said(z.uuid()),
  outcome: said(z.enum(keysOf(requestOutcomes))),
  object: said(z.enum(keysOf(objectTypes))),
  period: said(z.enum(keysOf(periods))),
})

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
  const params = Object.keys(addressSchema.shape).map((name) => [name, oneParam(search, name)])
  const { person, instance, of, outcome, object, period } = addressSchema.parse(Object.fromEntries(params))
  return {
    ...(person && { userId: person }),
    ...(instance && { instanceId: instance }),
    ...(of && { objectId: of }),
    ...(outcome && { outcome }),
    ...(object && { objectType: object }),
    ...(period && { from: new Date(now.getTime() - milliseconds[period]).toISOString() }),
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
