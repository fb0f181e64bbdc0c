import 'server-only'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { importSorts, listImportsSchema } from './import-schema'
import { summaryColumns, summaryOf } from './import-summary'
import { listedImport } from './import-views'

/** One page of the imports that are neither finished nor cancelled. */
export const listImports = operation({
  name: 'list_imports',
  permission: 'see',
  input: listImportsSchema,
  output: listPageOf(listedImport),
  run: async ({ db }, params) => {
    const text = { contains: likeLiteral(params.q), mode: 'insensitive' as const }
    const where: Prisma.ImportWhereInput = {
      open: true,
      ...(params.q !== '' && { OR: [{ sourceName: text }, { name: text }] }),
    }
    const page = keyset<Prisma.ImportWhereInput, Prisma.ImportOrderByWithRelationInput>(params, importSorts)
    const [rows, total] = await Promise.all([
      db.import.findMany({
        where: { AND: [where, page.where] },
        orderBy: page.orderBy,
        take: page.take,
        select: summaryColumns,
      }),
      db.import.count({ where }),
    ])
    const { items, ...rest } = toPage(rows, total, params, importSorts)
    return succeed({ ...rest, items: items.map(summaryOf) })
  },
})
