import { z } from 'zod'
import { documentHash, repository } from '@/lib/connectors/managed-by'
import { documentText } from '../document-schema'

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
   * is changed. `none`: there must be no such connector. Null: the change applies to any connector, and creates it.
   */
  expectedHash: z
    .union([documentHash, z.literal('none')])
    .nullable()
    .default(null),
  /** The answers to all questions: that credentials go to another host, or that flows lose an endpoint. */
  confirmed: z.boolean().default(false),
  /** Set if the document comes from a repository, which manages the connector from then on. */
  managedBy: repository.nullable().default(null),
})
export type ApplyDocument = z.output<typeof applyDocumentSchema>
