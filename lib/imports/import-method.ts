import 'server-only'
import { addMethod } from '@/lib/authentication-methods/add-method'
import { planOfText } from './plan-of-text'
import { operation } from '@/lib/operations/operation'
import { importMethodSchema } from './document-schema'
import { addedMethod } from '@/lib/authentication-methods/views'

/** Adds the method of a document to a connector, off on every endpoint (rule R2). */
export const importMethod = operation({
  name: 'import_method',
  permission: 'change',
  input: importMethodSchema,
  output: addedMethod,
  run: async (context, { connectorId, document, name }) => {
    const plan = planOfText(document)
    if (!plan.ok) return plan
    return addMethod(context, connectorId, { ...plan.value, ...(name !== '' && { name }) })
  },
})
