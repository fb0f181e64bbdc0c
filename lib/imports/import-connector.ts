import 'server-only'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { importConnectorSchema } from './document-schema'
import { installConnector } from './install-connector'
import { readSource } from './read-source'

/**
 * Adds the connector of a document (OpenAPI, or a connection document) with all its methods, endpoints and toggles in
 * one transaction, and what of the document could not be represented.
 */
export const importConnector = operation({
  name: 'import_connector',
  permission: 'change',
  input: importConnectorSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async (context, { document, name }) => {
    const source = await readSource(document, name)
    return source.ok ? installConnector(context, source.value) : source
  },
})
