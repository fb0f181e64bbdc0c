import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { isMoment } from '@/lib/domain/time-range'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requestStatus } from '@/lib/request-log/schema'
import { requestOutcomes, type RequestOutcome } from '@/lib/request-log/words'
import { keyChoice, objectTypes, periods, systemPerson, type ObjectType, type Period } from './schema'

/** Reads the filter of *Activity* from the address. Invalid values are ignored. */

const milliseconds: Record<Period, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 }

const optionalParam = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)

const moment = z.string().refine(isMoment)

/** A person, an API key, or Patchbay itself. */
const actorParam = z.union([z.uuid(), z.templateLiteral([keyChoice, z.uuid()]), z.literal(systemPerson)])

const addressSchema = z.object({
  person: optionalParam(actorParam),
  connector: optionalParam(z.uuid()),
  instance: optionalParam(z.uuid()),
  endpoint: optionalParam(z.uuid()),
  flow: optionalParam(z.uuid()),
  trace: optionalParam(z.uuid()),
  of: optionalParam(z.uuid()),
  outcome: optionalParam(z.enum(keysOf(requestOutcomes))),
  status: optionalParam(requestStatus),
  object: optionalParam(z.enum(keysOf(objectTypes))),
  period: optionalParam(z.enum(keysOf(periods))),
  from: optionalParam(moment),
  to: optionalParam(moment),
})

export type ActivityFilter = {
  userId?: string
  keyId?: string
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
  /** The trace ID of one action, whose requests are shown line by line. */
  correlationId?: string
  /** ISO 8601, UTC. */
  from?: string
  /** Likewise; itself excluded. */
  to?: string
}

export function readActivityFilter(search: SearchParams, now: Date): ActivityFilter {
  const params = Object.keys(addressSchema.shape).map((name) => [name, oneParam(search, name)])
  const { person, of, outcome, status, object, period, from, to, ...ids } = addressSchema.parse(
    Object.fromEntries(params),
  )
  return {
    ...(person && actorOf(person)),
    ...(ids.connector && { connectorId: ids.connector }),
    ...(ids.instance && { instanceId: ids.instance }),
    ...(ids.endpoint && { endpointId: ids.endpoint }),
    ...(ids.flow && { flowId: ids.flow }),
    ...(ids.trace && { correlationId: ids.trace }),
    ...(of && { objectId: of }),
    ...(outcome && { outcome }),
    ...(status && { status }),
    ...(object && { objectType: object }),
    ...timesOf({ period, from, to }, now),
  }
}

function actorOf(person: string): Pick<ActivityFilter, 'userId' | 'keyId' | 'bySystem'> {
  if (person === systemPerson) return { bySystem: true }
  return person.startsWith(keyChoice) ? { keyId: person.slice(keyChoice.length) } : { userId: person }
}

/** A range counts, not the period that is beside it in an address. */
function timesOf({ period, from, to }: { period?: Period; from?: string; to?: string }, now: Date) {
  if (period && !from && !to) return { from: new Date(now.getTime() - milliseconds[period]).toISOString() }
  return { ...(from && { from }), ...(to && { to }) }
}

/** Whether the address has a search or a filter, also one that makes no sense: its field says so, and can be cleared. */
export function isNarrowed(search: SearchParams, filter: Partial<ActivityFilter>): boolean {
  return ['q', 'from', 'to'].some((name) => oneParam(search, name) !== '') || Object.values(filter).some(Boolean)
}

/** The part of the filter for requests. */
export function requestFilterOf({ objectType: _type, objectId: _id, ...filter }: ActivityFilter) {
  return filter
}

/** The part of the filter for changes. */
export function changeFilterOf({ userId, keyId, objectType, objectId, from, to }: ActivityFilter) {
  return { userId, keyId, objectType, objectId, from, to }
}

/** The IDs in the filter by kind, to look up their names. */
export function filterIdsOf({ connectorId, instanceId, endpointId, flowId, userId, keyId }: ActivityFilter) {
  return {
    ...{ connector: connectorId, instance: instanceId, endpoint: endpointId, flow: flowId },
    ...{ person: userId, key: keyId },
  }
}
