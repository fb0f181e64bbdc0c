import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { connectorText } from './document-yaml'
import { readConnectorDocument } from './read-connector-document'

const attempts = 3

/**
 * The connector as a document of version 2 (YAML): its definition with methods, endpoints, enablement and schemas,
 * without instances and values, and without the icon. The same connector always has the same document.
 */
export const getConnectorDocument = operation({
  name: 'get_connector_document',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: z.strictObject({
    key: z.string(),
    name: z.string(),
    document: z.string(),
    /** SHA-256 of the document, in hexadecimal. */
    documentHash: z.string(),
  }),
  run: async ({ db }, { connectorId }) => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const before = await generationOf(db, connectorId)
      const parts = await readConnectorDocument(db, connectorId)
      if (!parts) return notFound('connector')
      const text = await connectorText(parts)
      // A document is read in several statements, between which someone may change the connector.
      if ((await generationOf(db, connectorId)) !== before) continue
      return succeed({ key: parts.key, name: parts.name, ...text })
    }
    return refuse('changed_by_someone_else', 'This connector is being changed. Try again in a moment.')
  },
})

async function generationOf(db: WorkspaceDb, connectorId: string): Promise<bigint | undefined> {
  const row = await db.connector.findFirst({ where: { id: connectorId }, select: { generation: true } })
  return row?.generation
}
