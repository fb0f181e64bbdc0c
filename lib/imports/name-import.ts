import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { keepsNames, notReady } from './import-refusals'
import { nameImportSchema } from './import-schema'
import { lockReady } from './lock-ready'

/** Sets the name and the version label of the connector that an import will add. */
export const nameImport = operation({
  name: 'name_import',
  permission: 'change',
  input: nameImportSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ transaction }, { importId, name, versionLabel }) =>
    transaction(async (tx) => {
      const state = await lockReady(tx, importId)
      if (state !== 'ready') return state === null ? notFound('import') : notReady()
      const { count } = await tx.import.updateMany({
        where: { id: importId, updatesId: null },
        data: { name, versionLabel },
      })
      return count === 0 ? keepsNames() : succeed({ id: importId })
    }),
})
