import { z } from 'zod'
import { idOf, revisionField } from '@/lib/operations/input'
import { losses } from './confirmed-flows'

/** What *Replace this instance in flows* does to a shape, and why. */
export const replacementEffect = z.enum(['keeps_endpoint', 'no_endpoint', 'loses_endpoint', 'loses_secrets'])
export type ReplacementEffect = z.infer<typeof replacementEffect>

const replacedShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  endpointName: z.string().nullable(),
  effect: replacementEffect,
  /** One sentence for people; empty if the shape keeps its endpoint and secrets. */
  why: z.string(),
})
export type ReplacedShape = z.infer<typeof replacedShape>

const replacedFlow = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The revision of its draft. The replacement is refused if somebody changes the flow after the preview. */
  revision: z.number(),
  shapes: z.array(replacedShape),
})
export type ReplacedFlow = z.infer<typeof replacedFlow>

export const replacementPreview = z.strictObject({
  flows: z.array(replacedFlow),
  /** The number of further flows, which another replacement can change. */
  more: z.number(),
})
export type ReplacementPreview = z.infer<typeof replacementPreview>

/** The maximum number of flows of one replacement, which is one transaction. */
export const flowsPerReplacement = 50
/** The maximum number of shapes of one replacement. A single flow may have more, because it is changed as a whole. */
export const shapesPerReplacement = 100

const loss = replacementEffect.extract(losses)

const instances = { instanceId: idOf('instance'), newInstanceId: z.uuid('Choose an instance.') }
export const previewReplacementSchema = z.strictObject(instances)
export const replaceInstanceSchema = z.strictObject({
  ...instances,
  flows: z
    .array(
      z.strictObject({
        flowId: idOf('flow'),
        revision: revisionField,
        /** Shapes that lose something according to the preview: no other shape may lose anything. */
        losing: z.array(z.strictObject({ shapeId: idOf('shape'), effect: loss })).max(10_000),
      }),
    )
    .min(1)
    .max(flowsPerReplacement),
})
export type ConfirmedFlow = z.infer<typeof replaceInstanceSchema>['flows'][number]
