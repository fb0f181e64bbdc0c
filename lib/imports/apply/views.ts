import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { partKinds } from './document-parts'

export const partChanges = { added: 'added', changed: 'changed', removed: 'removed', left: 'left' } as const

/** One difference between a connector and a document. `left`: not in the document, and it stays. */
export const partChange = z.strictObject({
  change: z.enum(keysOf(partChanges)),
  kind: z.enum(partKinds),
  /** Empty for the parameters of a connector. */
  key: z.string(),
  name: z.string(),
})
export type PartChangeView = z.infer<typeof partChange>

export const comparedDocument = z.strictObject({
  /** Null: the connector would be created. */
  connectorId: z.uuid().nullable(),
  key: z.string(),
  name: z.string(),
  /** Of the connector as it is; null if it does not exist yet. */
  documentHash: z.string().nullable(),
  changes: z.array(
    partChange.extend({
      /** The part before and after as YAML, for the first changes; null if the part is new or removed. */
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
})

export const appliedDocument = z.strictObject({
  id: z.uuid(),
  key: z.string(),
  created: z.boolean(),
  changes: z.array(partChange),
  /** Of the connector's document now. */
  documentHash: z.string(),
  /** Addresses to which nothing is sent before an administrator has confirmed them. */
  pendingOrigins: z.array(z.string()),
})
