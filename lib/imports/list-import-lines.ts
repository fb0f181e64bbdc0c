import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { listImportLinesSchema } from './import-schema'
import { reportLine } from './import-views'
import { latestImport } from './latest-import'
import { pageOfLines } from './page-of-lines'

/** One page of the report of a connector's latest import. */
export const listImportLines = operation({
  name: 'list_import_lines',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listImportLinesSchema,
  output: listPageOf(reportLine.extend({ id: z.uuid() })),
  run: async ({ db }, { connectorId, ...filter }) => {
    const latest = await latestImport(db, connectorId)
    if (!latest.ok) return latest
    if (latest.value === null) return succeed({ items: [], nextCursor: null, total: 0 })
    return succeed(await pageOfLines(db, latest.value.id, filter))
  },
})
