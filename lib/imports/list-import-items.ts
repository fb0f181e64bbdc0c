import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { importItemSorts, listImportItemsSchema } from './import-schema'
import { importItem } from './import-views'
import { itemsMatching } from './items-matching'

export const shownOfItem = {
  id: true,
  kind: true,
  position: true,
  name: true,
  newName: true,
  pointer: true,
  tag: true,
  httpMethod: true,
  url: true,
  accepts: true,
  endpoints: true,
  chosen: true,
  change: true,
  conflicts: true,
  isLocal: true,
  takesDocument: true,
  uses: true,
} satisfies Prisma.ImportItemSelect

/** One page of the methods or endpoints of an import, in the document's order. */
export const listImportItems = operation({
  name: 'list_import_items',
  permission: 'see',
  input: listImportItemsSchema,
  output: listPageOf(importItem),
  run: async ({ db }, { chosen, ...filter }) => {
    const found = await db.import.findFirst({ where: { id: filter.importId }, select: { id: true } })
    if (!found) return notFound('import')
    const where = { ...itemsMatching(filter), ...(chosen !== null && { chosen }) }
    const page = keyset<Prisma.ImportItemWhereInput, Prisma.ImportItemOrderByWithRelationInput>(filter, importItemSorts)
    const [rows, total] = await Promise.all([
      db.importItem.findMany({
        where: { AND: [where, page.where] },
        orderBy: page.orderBy,
        take: page.take,
        select: shownOfItem,
      }),
      db.importItem.count({ where }),
    ])
    const { items, ...rest } = toPage(rows, total, filter, importItemSorts)
    return succeed({
      ...rest,
      items: items.map(({ position: _position, ...item }) => ({ ...item, kind: filter.kind })),
    })
  },
})
