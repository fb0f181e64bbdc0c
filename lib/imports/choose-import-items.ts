import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { notReady } from './import-refusals'
import { chooseItemsSchema } from './import-schema'
import { itemsMatching } from './items-matching'
import { lockReady } from './lock-ready'

/** A method or an endpoint that the document does not have any more stays while something uses it (rule R11). */
const isUsed = { change: 'removed' as const, uses: { gt: 0 } }

/** Chooses the items that a filter finds, or leaves them out. Returns how many there are. */
export const chooseImportItems = operation({
  name: 'choose_import_items',
  permission: 'change',
  input: chooseItemsSchema,
  output: z.strictObject({ items: z.int() }),
  run: async ({ transaction }, { itemId, chosen, takesDocument, ...filter }) =>
    transaction(async (tx) => {
      const state = await lockReady(tx, filter.importId)
      if (state !== 'ready') return state === null ? notFound('import') : notReady()
      const where = itemId === null ? itemsMatching(filter) : { importId: filter.importId, id: itemId }
      const { count } = await tx.importItem.updateMany({
        where: { AND: [where, chosen ? { NOT: isUsed } : {}] },
        data: { chosen, ...(takesDocument !== null && { takesDocument }) },
      })
      return itemId !== null && count === 0 ? notFound('import') : succeed({ items: count })
    }),
})
