import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { listReportSchema } from './import-schema'
import { reportLine } from './import-views'
import { pageOfLines } from './page-of-lines'

/** One page of the report of an import, before and after it is finished. */
export const listImportReport = operation({
  name: 'list_import_report',
  permission: 'see',
  input: listReportSchema,
  output: listPageOf(reportLine.extend({ id: z.uuid() })),
  run: async ({ db }, { importId, ...filter }) => {
    const found = await db.import.findFirst({ where: { id: importId }, select: { id: true } })
    return found ? succeed(await pageOfLines(db, importId, filter)) : notFound('import')
  },
})
