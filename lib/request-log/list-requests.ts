import 'server-only'
import type { z } from 'zod'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { succeed } from '@/lib/domain/result'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { listRequestsSchema, requestColumns } from './schema'
import { requestSummary } from './views'
import { summaryColumns, mostRequestsCounted, namesOf, summaryOf } from './request-rows'

type RequestFilter = Omit<z.output<typeof listRequestsSchema>, 'q' | 'sort' | 'after'>

function conditionsOf({ from, to, ...filter }: RequestFilter, q: string): Prisma.RequestLogWhereInput[] {
  return [
    { ...filter, at: { gte: from, lt: to } },
    ...(q === ''
      ? []
      : [
          {
            OR: (['subject', 'url'] as const).map((column) => ({
              [column]: { contains: likeLiteral(q), mode: 'insensitive' as const },
            })),
          },
        ]),
  ]
}

/** The request log, newest first, 50 lines at a time. */
export const listRequests = operation({
  name: 'list_requests',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listRequestsSchema,
  output: listPageOf(requestSummary),
  run: async ({ db }, { q, sort, after, ...filter }) => {
    const params = { q, sort, after }
    const conditions = conditionsOf(filter, params.q)
    const { where, orderBy, take } = keyset<Prisma.RequestLogWhereInput, Prisma.RequestLogOrderByWithRelationInput>(
      params,
      requestColumns,
    )
    const [rows, total] = await Promise.all([
      db.requestLog.findMany({ where: { AND: [...conditions, where] }, orderBy, take, select: summaryColumns }),
      db.requestLog.count({ where: { AND: conditions }, take: mostRequestsCounted }),
    ])
    const names = await namesOf(rows)
    const page = toPage(rows, total, params, requestColumns)
    return succeed({ ...page, items: page.items.map((row) => summaryOf(row, names)) })
  },
})
