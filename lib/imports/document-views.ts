import { z } from 'zod'
import { authenticationTypes, httpMethods, phaseKinds } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'

export const existingMethod = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  revision: z.number(),
  instances: z.number(),
  /** For comparison. */
  document: z.string(),
  /** Variables that the document does not have: replacing removes them … */
  removed: z.array(z.string()),
  /** … but for these, for which there are values. */
  kept: z.array(z.string()),
})
export type ExistingMethod = z.infer<typeof existingMethod>

/** What a pasted document would add, before anything is stored. */
export const methodPreview = z.strictObject({
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  /** Besides those that its type has anyway. */
  variables: z.array(
    z.strictObject({ key: z.string(), displayName: z.string(), secret: z.boolean(), required: z.boolean() }),
  ),
  requests: z.array(
    z.strictObject({
      kind: z.enum(keysOf(phaseKinds)),
      step: z.number(),
      method: z.enum(httpMethods).nullable(),
      url: z.string(),
    }),
  ),
  /** Names in its templates that no variable of the document or the connector has. */
  unknownNames: z.array(z.string()),
  /** The method of that name that the connector has already; null: the name is free. */
  existing: existingMethod.nullable(),
  /** The document as it is understood, in its usual form. */
  document: z.string(),
})
export type MethodPreview = z.infer<typeof methodPreview>

/** A method that a document has replaced. */
export const replacedMethod = z.strictObject({
  id: z.uuid(),
  connectorId: z.uuid(),
  revision: z.int(),
  /** Variables that the document does not have, left for the values they have. */
  kept: z.array(z.string()),
  pendingOrigins: z.array(z.string()),
})
