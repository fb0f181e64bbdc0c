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
  /** One sentence for people; empty where the shape stays as it is. */
  why: z.string(),
})
export type ReplacedShape = z.infer<typeof replacedShape>

const replacedFlow = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Of its draft: the replacement is refused if somebody changes the flow after the preview. */
  revision: z.number(),
  shapes: z.array(replacedShape),
})
export type ReplacedFlow = z.infer<typeof replacedFlow>

export const replacementPreview = z.strictObject({
  flows: z.array(replacedFlow),
  /** Flows beyond those shown, to be replaced after them. */
  more: z.number(),
})
export type ReplacementPreview = z.infer<typeof replacementPreview>

/** Flows of one replacement, which is one transaction. */
export const flowsPerReplacement = 50
/** Shapes of one replacement; a single flow may have more, because a flow is changed as a whole. */
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
