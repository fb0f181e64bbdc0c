import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { importOnly } from './import-schema'
import { importProgress } from './import-views'

/** How far an import is: read for each page that follows it, so it counts nothing. */
export const getImportProgress = operation({
  name: 'get_import_progress',
  permission: 'see',
  input: importOnly,
  output: importProgress,
  run: async ({ db }, { importId }) => {
    const row = await db.import.findFirst({
      where: { id: importId },
      select: { state: true, done: true, total: true },
    })
    return row ? succeed(row) : notFound('import')
  },
})
