import { z } from 'zod'
import { authenticationTypes, directions, httpMethods } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'
import type { Refusal } from '@/lib/domain/result'

/** A flow with the shapes that lose their endpoint when a toggle goes off (rule R3). */
export const strandedFlow = z.strictObject({
  flowId: z.string(),
  flowName: z.string(),
  shapes: z.array(
    z.strictObject({ name: z.string(), instanceName: z.string(), endpointName: z.string(), methodName: z.string() }),
  ),
})
export type StrandedFlow = z.infer<typeof strandedFlow>

/** With code `confirmation_needed`: the flows to show with the question. */
export type EnablementRefusal = Refusal & { strandedFlows?: StrandedFlow[] }

/** One switch of an endpoint's *Authentication* tab. */
export const methodSwitch = z.strictObject({
  methodId: z.string(),
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  enabled: z.boolean(),
  instances: z.number(),
})
export type MethodSwitch = z.infer<typeof methodSwitch>

export const matrixMethod = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
})
export type MatrixMethod = z.infer<typeof matrixMethod>

export const matrixEndpoint = z.strictObject({
  id: z.string(),
  name: z.string(),
  entityType: z.string(),
  httpMethod: z.enum(httpMethods),
  url: z.string(),
  /** Indexes in the matrix's methods, which are much shorter than ids with thousands of rows. */
  enabled: z.array(z.number()),
})
export type MatrixEndpoint = z.infer<typeof matrixEndpoint>

export const matrix = z.strictObject({
  connectorId: z.string(),
  connectorName: z.string(),
  methods: z.array(matrixMethod),
  endpoints: z.array(matrixEndpoint),
})
export type Matrix = z.infer<typeof matrix>

/** What a set of staged changes would do to flows now. */
export const matrixPlan = z.strictObject({ strandedFlows: z.array(strandedFlow) })
export type MatrixPlan = z.infer<typeof matrixPlan>

export const matrixOutcome = z.strictObject({
  enabled: z.number(),
  disabled: z.number(),
  /** Cells that someone else had already set to the wanted state. */
  unchanged: z.number(),
  /** Cells whose endpoint or method was deleted in the meantime. */
  gone: z.number(),
})
export type MatrixOutcome = z.infer<typeof matrixOutcome>

/** An endpoint that a shape may choose for an instance. */
export const offeredEndpoint = z.strictObject({
  id: z.string(),
  /** Stable in its connector; a program may call the endpoint by it. */
  key: z.string(),
  name: z.string(),
  entityType: z.string(),
  direction: z.enum(keysOf(directions)),
  httpMethod: z.enum(httpMethods),
  url: z.string(),
  deprecated: z.boolean(),
})
export type OfferedEndpoint = z.infer<typeof offeredEndpoint>

export const offeredEndpoints = z.strictObject({
  connectorId: z.string(),
  methodName: z.string(),
  /** Ordered by entity type, then name. */
  items: z.array(offeredEndpoint),
  nextCursor: z.string().nullable(),
  /** Counts for the whole connector, whatever the search. */
  counts: z.strictObject({ offered: z.number(), hidden: z.number() }),
})
export type OfferedEndpoints = z.infer<typeof offeredEndpoints>
