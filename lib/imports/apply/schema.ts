import { z } from 'zod'
import { documentHash, repository } from '@/lib/connectors/managed-by'
import { idOf } from '@/lib/operations/input'
import { documentText } from '../document-schema'

/** As many changes are shown in full as a person reads. */
export const mostTexts = 200

const given = {
  document: documentText,
  /** Remove what is not in the document. Otherwise it stays. */
  removeOthers: z.boolean().default(false),
}

export const compareDocumentSchema = z.strictObject(given)

/** How a document is applied. */
const asked = {
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
}

export const applyDocumentSchema = z.strictObject({ ...given, ...asked })
export type ApplyDocument = z.output<typeof applyDocumentSchema>

/** Of an import, whose document was read and compared before. */
export const applyImportSchema = z.strictObject({ importId: idOf('import'), ...asked })
export const askedSchema = z.strictObject(asked)
export type Asked = z.output<typeof askedSchema>
