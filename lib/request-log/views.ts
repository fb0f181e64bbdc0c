import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { requestOutcomes, requestPurposes } from './words'

export const requestSummary = z.strictObject({
  id: z.string(),

  /** ISO 8601, UTC. Together with the id it finds the line. */
  at: z.string(),
  purpose: z.enum(keysOf(requestPurposes)),
  outcome: z.enum(keysOf(requestOutcomes)),

  /** Connector, instance and what was done, by their names at the time. */
  subject: z.string(),

  /** Whose act caused it; null for what the server did by itself. */
  person: z.string().nullable(),
  connectorId: z.string().nullable(),
  instanceId: z.string().nullable(),
  endpointId: z.string().nullable(),
  flowId: z.string().nullable(),
  correlationId: z.string(),
  httpMethod: z.string(),
  url: z.string(),
  status: z.number().nullable(),
  durationMs: z.number(),
  requestBytes: z.number(),
  responseBytes: z.number(),
  errorCode: z.string().nullable(),
  /** With an error code, our own sentence; without one, what the response says about why it refuses. */
  errorMessage: z.string().nullable(),

  /** Why it failed, as one phrase of bounded length; null where it did not. */
  reason: z.string().nullable(),
})
export type RequestSummary = z.infer<typeof requestSummary>

/**
 * The requests of one action: a person's click, a call or a run, with the tokens and retries that it needed. They share
 * their trace ID.
 */
export const requestGroup = z.strictObject({
  /** The last of them that matches the filter. */
  head: requestSummary,

  /** In their order, whether they match or not; the last twenty. */
  steps: z.array(requestSummary),

  /** There are more than twenty. */
  hasMore: z.boolean(),
})
export type RequestGroup = z.infer<typeof requestGroup>

/** A request by itself: in the list of one action's requests. */
export function ungrouped(head: RequestSummary): RequestGroup {
  return { head, steps: [head], hasMore: false }
}

const headers = z.array(z.tuple([z.string(), z.string()]))

export const requestDetail = z.strictObject({
  ...requestSummary.shape,
  requestHeaders: headers,
  responseHeaders: headers,
})
export type RequestDetail = z.infer<typeof requestDetail>

export const requestBodies = z.strictObject({
  /** False once the bodies' time is over; the line itself is kept longer. */
  kept: z.boolean(),
  requestBody: z.string().nullable(),
  responseBody: z.string().nullable(),

  /** At least one of them was longer than what is kept. */
  truncated: z.boolean(),
})
export type RequestBodies = z.infer<typeof requestBodies>
