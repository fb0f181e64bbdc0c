import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { notUploading } from './import-refusals'
import { importOnly } from './import-schema'
import { sendImportJob } from './jobs/send-import-job'

/** Says that a file is complete, so that it is read. */
export const finishImportUpload = operation({
  name: 'finish_import_upload',
  permission: 'change',
  input: importOnly,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ db, workspaceId }, { importId }) => {
    const row = await db.import.findFirst({ where: { id: importId }, select: { bytes: true } })
    if (!row) return notFound('import')
    if (row.bytes === 0) return refuse('invalid_input', 'This file is empty. Choose another one.')
    const { count } = await db.import.updateMany({
      where: { id: importId, state: 'uploading' },
      data: { state: 'waiting' },
    })
    if (count === 0) return notUploading()
    await sendImportJob('read-import', workspaceId, importId)
    return succeed({ id: importId })
  },
})
