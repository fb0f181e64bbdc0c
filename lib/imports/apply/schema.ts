import { z } from 'zod'
import { documentHash, repository } from '@/lib/connectors/managed-by'
import { keysOf } from '@/lib/domain/text-schema'
import { documentText } from '../document-schema'
import { partKinds } from './document-parts'

const given = {
  document: documentText,
  /** Remove what is not in the document. Otherwise it stays. */
  removeOthers: z.boolean().default(false),
}

export const compareDocumentSchema = z.strictObject(given)

export const applyDocumentSchema = z.strictObject({
  ...given,
  /**
   * The hash of the connector's document that the change is based on. If the connector has another one by now, nothing
   * is changed. Null: the change applies to any connector.
   */
  expectedHash: documentHash.nullable().default(null),
  /** The answers to all questions: that credentials go to another host, or that flows lose an endpoint. */
  confirmed: z.boolean().default(false),
  /** Set if the document comes from a repository, which manages the connector from then on. */
  managedBy: repository.nullable().default(null),
})
export type ApplyDocument = z.output<typeof applyDocumentSchema>

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
  /** Of the connector as it is; null if there is none. */
  documentHash: z.string().nullable(),
  changes: z.array(
    partChange.extend({
      /** The part before and after as YAML, for the first changes; null where there is none. */
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
