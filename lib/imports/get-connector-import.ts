import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { connectorImport } from './preview-views'

/** What a connector was imported from; null if it was not. */
export const getConnectorImport = operation({
  name: 'get_connector_import',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: connectorImport.nullable(),
  run: async ({ db }, { connectorId }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
    if (!connector) return notFound('connector')
    const row = await db.import.findFirst({
      where: { connectorId },
      orderBy: { importedAt: 'desc' },
      select: { format: true, importedAt: true, _count: { select: { lines: true } } },
    })
    return succeed(row && { format: row.format, importedAt: row.importedAt.toISOString(), lines: row._count.lines })
  },
})
