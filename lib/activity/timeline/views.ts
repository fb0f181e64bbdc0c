import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { instanceStatuses } from '@/lib/domain/vocabulary'
import { requestOutcomes, requestPurposes } from '@/lib/request-log/words'
import { auditLine } from '../views'

/** What happened to an instance, newest first. Times are ISO text in UTC. */

const event = { id: z.string(), at: z.string() }
const status = z.enum(keysOf(instanceStatuses))

/** A change of the instance, its method or its connector. */
export const changeEvent = z.strictObject({ kind: z.literal('change'), ...auditLine.shape })
export type ChangeEvent = z.infer<typeof changeEvent>

const statusEvent = z.strictObject({
  kind: z.literal('status'),
  ...event,
  before: status,
  after: status,
  reason: z.string(),
})

/** A request that did not succeed, or a token request. */
const requestEvent = z.strictObject({
  kind: z.literal('request'),
  ...event,
  purpose: z.enum(keysOf(requestPurposes)),
  outcome: z.enum(keysOf(requestOutcomes)),
  subject: z.string(),
  httpMethod: z.string(),
  url: z.string(),
  status: z.number().nullable(),
  errorMessage: z.string().nullable(),
})

/** Successful requests between two other events. */
const successesEvent = z.strictObject({
  kind: z.literal('successes'),
  ...event,
  count: z.int(),
  /** There were more than the counted ones. */
  more: z.boolean(),
})

export const timelineEvent = z.discriminatedUnion('kind', [changeEvent, statusEvent, requestEvent, successesEvent])
export type TimelineEvent = z.infer<typeof timelineEvent>

/** For a failing instance: what people changed between its last success and its first failure after that. */
export const sinceLastSuccess = z.strictObject({
  succeededAt: z.string(),
  failedAt: z.string(),
  changes: z.array(changeEvent),
  /** There were further changes. */
  more: z.boolean(),
})
export type SinceLastSuccess = z.infer<typeof sinceLastSuccess>

export const timeline = z.strictObject({
  events: z.array(timelineEvent),
  nextCursor: z.string().nullable(),
  sinceLastSuccess: sinceLastSuccess.nullable(),
})
export type Timeline = z.infer<typeof timeline>
