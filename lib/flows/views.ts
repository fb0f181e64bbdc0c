import { z } from 'zod'
import { httpMethods, shownStatuses } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'

export const flowSummary = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  shapes: z.number(),
  shapesNeedingAttention: z.number(),
  /** The instances because of which the flow is not ready. */
  stopped: z.array(z.strictObject({ id: z.string(), name: z.string(), status: z.enum(keysOf(shownStatuses)) })),
  updatedAt: z.string(),
})
export type FlowSummary = z.infer<typeof flowSummary>

/** Why a shape cannot run; `ready` if it can. */
export const shapeState = z.enum([
  'ready',
  'incomplete',
  'endpoint_not_available',
  'instance_not_usable',
  'instance_failing',
  'instance_disabled',
  'missing_permission',
])
export type ShapeState = z.infer<typeof shapeState>

/** A connection shape on the canvas. */
export const shapeNode = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The shape that it follows; null: the trigger. */
  parentId: z.string().nullable(),
  x: z.number(),
  y: z.number(),
  state: shapeState,
  instance: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      connectorName: z.string(),
      status: z.enum(keysOf(shownStatuses)),
    })
    .nullable(),
  endpoint: z.strictObject({ id: z.string(), name: z.string(), httpMethod: z.enum(httpMethods) }).nullable(),
})
export type ShapeNode = z.infer<typeof shapeNode>

export const flowDetail = z.strictObject({
  id: z.string(),
  /** Stable; programs may use it instead of the ID. */
  key: z.string(),
  name: z.string(),
  description: z.string(),
  /** The revision of the draft, which is edited. */
  revision: z.number(),
  updatedAt: z.string(),
  /** In the order of the flow. */
  shapes: z.array(shapeNode),
})
export type FlowDetail = z.infer<typeof flowDetail>
