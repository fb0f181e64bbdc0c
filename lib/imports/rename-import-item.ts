import 'server-only'
import { z } from 'zod'
import { foldName } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { keepsNames, notReady } from './import-refusals'
import { renameItemSchema } from './import-schema'
import { lockReady } from './lock-ready'

/** Gives a method or an endpoint of an import another name than the document does. */
export const renameImportItem = operation({
  name: 'rename_import_item',
  permission: 'change',
  input: renameItemSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ transaction }, { importId, itemId, name }) => {
    try {
      return await transaction(async (tx) => {
        const state = await lockReady(tx, importId)
        if (state !== 'ready') return state === null ? notFound('import') : notReady()
        const item = await tx.importItem.findFirst({
          where: { importId, id: itemId },
          select: { name: true, partKey: true },
        })
        if (!item) return notFound('import')
        if (item.partKey !== null) return keepsNames()
        const newName = name === item.name ? '' : name
        await tx.importItem.updateMany({
          where: { importId, id: itemId },
          data: { newName, foldedName: foldName(newName || item.name) },
        })
        return succeed({ id: itemId })
      })
    } catch (error) {
      if (!uniqueViolation(error)) throw error
      return refuse('name_taken', `Another one of this import is called “${name}”. Choose another name.`, 'name')
    }
  },
})
