import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { notReady } from './import-refusals'
import { chooseItemsSchema } from './import-schema'
import { itemsMatching } from './items-matching'
import { lockReady } from './lock-ready'

/** What is removed, or was left out before, is chosen only by its name, or by a filter for just that. */
function foundBy(filter: Parameters<typeof itemsMatching>[0], chosen: boolean): Prisma.ImportItemWhereInput {
  const named = itemsMatching(filter)
  if (!chosen || filter.change !== null) return named
  return { AND: [named, { OR: [{ change: null }, { change: { notIn: ['removed', 'left_out'] } }] }] }
}

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
      const where = itemId === null ? foundBy(filter, chosen ?? false) : { importId: filter.importId, id: itemId }
      const { count } = await tx.importItem.updateMany({
        where: { AND: [where, chosen ? { NOT: isUsed } : {}] },
        data: { ...(chosen !== null && { chosen }), ...(takesDocument !== null && { takesDocument }) },
      })
      return itemId !== null && count === 0 ? notFound('import') : succeed({ items: count })
    }),
})
