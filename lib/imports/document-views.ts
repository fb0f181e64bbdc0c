import { z } from 'zod'
import { authenticationTypes, httpMethods, phaseKinds } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'

export const existingMethod = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  revision: z.number(),
  instances: z.number(),
  /** The current method as a document, for comparison. */
  document: z.string(),
  /** Variables that replacing removes, because the document does not have them. */
  removed: z.array(z.string()),
  /** Variables that are not in the document but stay, because they have values. */
  kept: z.array(z.string()),
})
export type ExistingMethod = z.infer<typeof existingMethod>

/** What a pasted document would add, before anything is stored. */
export const methodPreview = z.strictObject({
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  /** Variables in addition to the type's own. */
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
  /** Names in its templates without a variable in the document or the connector. */
  unknownNames: z.array(z.string()),
  /** The connector's method with the same name; null if the name is free. */
  existing: existingMethod.nullable(),
  /** The document in normal form. */
  document: z.string(),
})
export type MethodPreview = z.infer<typeof methodPreview>

/** A method that a document has replaced. */
export const replacedMethod = z.strictObject({
  id: z.uuid(),
  connectorId: z.uuid(),
  revision: z.int(),
  /** Variables that are not in the document but stay, because they have values. */
  kept: z.array(z.string()),
  pendingOrigins: z.array(z.string()),
})
