import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { Prisma } from '@/lib/platform/db/generated/client'
import { sendImportJob } from '../jobs/send-import-job'
import { applyImportSchema, type Asked } from './schema'

/**
 * Begins to apply the document of an import that was compared with its connector, as `apply_connector_document` does with
 * a short one. The import then says what became of it. Of two who do so at once, one is refused.
 */
export const applyImport = operation({
  name: 'apply_import',
  permission: 'change',
  input: applyImportSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ actor, db, workspaceId }, { importId, ...asked }) => {
    if (!(await db.import.findFirst({ where: { id: importId }, select: { id: true } }))) return notFound('import')
    const { count } = await db.import.updateMany({
      where: { id: importId, state: 'compared' },
      data: {
        state: 'importing',
        requestedBy: { ...actor } as object,
        application: asked satisfies Asked,
        outcome: Prisma.DbNull,
        failure: '',
        attempt: 0,
      },
    })
    if (count === 0)
      return refuse(
        'invalid_input',
        'This import cannot be applied now: its document was not compared with a connector yet, it is being applied, or it is over.',
      )
    await sendImportJob('write-import', workspaceId, importId)
    return succeed({ id: importId })
  },
})
