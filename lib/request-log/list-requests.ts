import 'server-only'
import type { z } from 'zod'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { isId } from '@/lib/platform/db/is-id'
import { succeed } from '@/lib/domain/result'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { listRequestsSchema, requestColumns } from './schema'
import { requestSummary } from './views'
import { summaryColumns, mostRequestsCounted, namesOf, summaryOf } from './request-rows'

type RequestFilter = Omit<z.output<typeof listRequestsSchema>, 'q' | 'sort' | 'after'>

const idFilters = ['userId', 'connectorId', 'instanceId', 'flowId', 'correlationId'] as const

/** Null when a filter names what cannot exist: then nothing matches. */
function conditionsOf(filter: RequestFilter, q: string): Prisma.RequestLogWhereInput[] | null {
  const ids = idFilters.flatMap((name) => (filter[name] === undefined ? [] : [{ [name]: filter[name] }]))
  if (idFilters.some((name) => filter[name] !== undefined && !isId(filter[name]))) return null
  const { purpose, outcome, from, to } = filter
  return [
    ...ids,
    { purpose, outcome, at: { gte: from, lt: to } },
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
    if (conditions === null) return succeed({ items: [], nextCursor: null, total: 0 })
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
