import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { importLineSorts, listImportLinesSchema } from './import-line-filter'
import { latestImport } from './latest-import'
import { reportLine } from './import-views'

/** One page of the report of a connector's latest import whose text or pointer matches, in the document's order. */
export const listImportLines = operation({
  name: 'list_import_lines',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listImportLinesSchema,
  output: listPageOf(reportLine.extend({ id: z.uuid() })),
  run: async ({ db }, { connectorId, kind, ...params }) => {
    const latest = await latestImport(db, connectorId)
    if (!latest.ok) return latest
    if (latest.value === null) return succeed({ items: [], nextCursor: null, total: 0 })
    const text = { contains: likeLiteral(params.q), mode: 'insensitive' as const }
    const where: Prisma.ImportLineWhereInput = {
      importId: latest.value.id,
      ...(kind !== null && { kind }),
      ...(params.q !== '' && { OR: [{ message: text }, { pointer: text }] }),
    }
    const page = keyset<Prisma.ImportLineWhereInput, Prisma.ImportLineOrderByWithRelationInput>(params, importLineSorts)
    const [rows, total] = await Promise.all([
      db.importLine.findMany({ where: { AND: [where, page.where] }, orderBy: page.orderBy, take: page.take }),
      db.importLine.count({ where }),
    ])
    const { items, ...rest } = toPage(rows, total, params, importLineSorts)
    const lines = items.map(({ id, kind: of, pointer, message }) => ({ id, kind: of, pointer, message }))
    return succeed({ ...rest, items: lines })
  },
})
