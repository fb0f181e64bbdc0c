import 'server-only'
import type { z } from 'zod'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { ListPage } from '@/lib/platform/lists/list-page'
import { importLineSorts, type listReportSchema } from './import-schema'
import type { ReportLineView } from './import-views'

type Filter = Omit<z.output<typeof listReportSchema>, 'importId'>

/** One page of the report of an import whose text or pointer matches, in the document's order. */
export async function pageOfLines(
  db: WorkspaceDb,
  importId: string,
  { kind, ...params }: Filter,
): Promise<ListPage<ReportLineView & { id: string }>> {
  const text = { contains: likeLiteral(params.q), mode: 'insensitive' as const }
  const where: Prisma.ImportLineWhereInput = {
    importId,
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
  return { ...rest, items: lines }
}
