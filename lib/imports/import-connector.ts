import 'server-only'
import { refuse } from '@/lib/domain/result'
import { installConnector } from './install-connector'
import { parseConnectionDocument } from './parse-document'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { importConnectorSchema } from './document-schema'

/** Adds the connector of a document with all its methods, endpoints and toggles in one transaction. */
export const importConnector = operation({
  name: 'import_connector',
  permission: 'change',
  input: importConnectorSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async (context, { document, name }) => {
    const parsed = parseConnectionDocument(document)
    if (!parsed.ok) return parsed
    if (parsed.value.kind !== 'connector')
      return refuse(
        'invalid_input',
        'This document is an authentication method. Import it in the Authentication section of a connector.',
        'document',
      )
    return installConnector(context, { ...parsed.value, ...(name !== '' && { name }) })
  },
})
