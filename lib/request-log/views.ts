import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { requestOutcomes, requestPurposes } from './words'

export const requestSummary = z.strictObject({
  id: z.string(),

  /** ISO 8601, UTC. Identifies the line together with the ID. */
  at: z.string(),
  purpose: z.enum(keysOf(requestPurposes)),
  outcome: z.enum(keysOf(requestOutcomes)),

  /** Connector, instance and action, with their names at that time. */
  subject: z.string(),

  /** The person, the key or the run that caused it; null for requests of Patchbay itself. */
  person: z.string().nullable(),
  /** The API key that caused it; its name is in `person`. */
  keyId: z.string().nullable(),
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
  /** With an error code: our own sentence. Without one: the reason in the response. */
  errorMessage: z.string().nullable(),

  /** Why it failed, as a short phrase; null if it succeeded. */
  reason: z.string().nullable(),
})
export type RequestSummary = z.infer<typeof requestSummary>

/**
 * The requests of one action (a click, a call or a run), including those for tokens and retries. They share a trace ID.
 */
export const requestGroup = z.strictObject({
  /** The last request that matches the filter. */
  head: requestSummary,

  /** The last twenty requests in order, whether they match or not. */
  steps: z.array(requestSummary),

  /** Whether there are more than twenty. */
  hasMore: z.boolean(),
})
export type RequestGroup = z.infer<typeof requestGroup>

/** A single request as a group, for the list of one action's requests. */
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
  /** False after the bodies were deleted; the line itself is stored longer. */
  kept: z.boolean(),
  requestBody: z.string().nullable(),
  responseBody: z.string().nullable(),

  /** At least one of them was longer than the stored part. */
  truncated: z.boolean(),
})
export type RequestBodies = z.infer<typeof requestBodies>
