import 'server-only'
import { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { newId } from '@/lib/platform/db/new-id'
import { checkImport } from './check-import'
import { beginUploadSchema } from './import-schema'

/** Begins to import a file, whose pieces follow. */
export const beginImportUpload = operation({
  name: 'begin_import_upload',
  permission: 'change',
  input: beginUploadSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ actor, db, workspaceId }, { fileName, updates, applies, removeOthers }) => {
    const checked = await checkImport(db, updates)
    if (!checked.ok) return checked
    const id = newId()
    await db.import.create({
      data: {
        id,
        workspaceId,
        state: 'uploading',
        source: 'file',
        sourceName: fileName,
        createdById: userIdOf(actor),
        updatesId: updates,
        ...{ applies, removeOthers },
      },
    })
    return succeed({ id })
  },
})
