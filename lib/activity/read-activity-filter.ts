import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requestStatus } from '@/lib/request-log/schema'
import { requestOutcomes, type RequestOutcome } from '@/lib/request-log/words'
import { objectTypes, periods, systemPerson, type ObjectType, type Period } from './schema'

/** What the address says about *Activity*. What makes no sense counts as not said. */

const milliseconds: Record<Period, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 }

const said = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)

const addressSchema = z.object({
  person: said(z.uuid().or(z.literal(systemPerson))),
  connector: said(z.uuid()),
  instance: said(z.uuid()),
  endpoint: said(z.uuid()),
  flow: said(z.uuid()),
  trace: said(z.uuid()),
  of: said(z.uuid()),
  outcome: said(z.enum(keysOf(requestOutcomes))),
  status: said(requestStatus),
  object: said(z.enum(keysOf(objectTypes))),
  period: said(z.enum(keysOf(periods))),
})

export type ActivityFilter = {
  userId?: string
  bySystem?: true
  outcome?: RequestOutcome
  /** "401", "5xx" */
  status?: string
  objectType?: ObjectType
  objectId?: string
  connectorId?: string
  instanceId?: string
  endpointId?: string
  flowId?: string
  /** Of one action: its requests line by line. */
  correlationId?: string
  /** ISO 8601, UTC. */
  from?: string
}

export function readActivityFilter(search: SearchParams, now: Date): ActivityFilter {
  const params = Object.keys(addressSchema.shape).map((name) => [name, oneParam(search, name)])
  const { person, of, outcome, status, object, period, ...ids } = addressSchema.parse(Object.fromEntries(params))
  return {
    ...(person === systemPerson ? { bySystem: true } : person && { userId: person }),
    ...(ids.connector && { connectorId: ids.connector }),
    ...(ids.instance && { instanceId: ids.instance }),
    ...(ids.endpoint && { endpointId: ids.endpoint }),
    ...(ids.flow && { flowId: ids.flow }),
    ...(ids.trace && { correlationId: ids.trace }),
    ...(of && { objectId: of }),
    ...(outcome && { outcome }),
    ...(status && { status }),
    ...(object && { objectType: object }),
    ...(period && { from: new Date(now.getTime() - milliseconds[period]).toISOString() }),
  }
}

/** What of the filter concerns requests. */
export function requestFilterOf({ objectType: _type, objectId: _id, ...filter }: ActivityFilter) {
  return filter
}

/** What of the filter concerns changes. */
export function changeFilterOf({ userId, objectType, objectId, from }: ActivityFilter) {
  return { userId, objectType, objectId, from }
}

/** What the filter names by id, by kind: for their names. */
export function filterIdsOf({ connectorId, instanceId, endpointId, flowId, userId }: ActivityFilter) {
  return { connector: connectorId, instance: instanceId, endpoint: endpointId, flow: flowId, person: userId }
}
