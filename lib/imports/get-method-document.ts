import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { documentText } from './document-yaml'
import { methodToDocument } from './method-to-document'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { methodRow, exported } from './plan-of-text'

/** The method as a document (YAML): only its definition, without values. */
export const getMethodDocument = operation({
  name: 'get_method_document',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ methodId: idOf('authentication_method') }),
  output: z.strictObject({ name: z.string(), document: z.string() }),
  run: async ({ db }, { methodId }) => {
    const row = await methodRow(db, { id: methodId })
    if (!row) return notFound('authentication_method')
    return succeed({ name: row.name, document: documentText(methodToDocument(exported(row))) })
  },
})
