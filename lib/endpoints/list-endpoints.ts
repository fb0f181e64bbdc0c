import 'server-only'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { operation } from '@/lib/operations/operation'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, pageSize, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { ListPage } from '@/lib/platform/lists/list-page'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { decodeGroupedCursor, encodeGroupedCursor, type GroupedCursor } from './grouped-order'
import { endpointSorts } from './list-order'
import { listEndpointsSchema } from './schema'
import { unknownVariablesOf } from './unknown-variables'
import { endpointSummary, type EndpointSummary } from './views'

const summary = {
  id: true,
  key: true,
  name: true,
  foldedName: true,
  entityType: true,
  direction: true,
  httpMethod: true,
  url: true,
  deprecated: true,
  updatedAt: true,
  enablements: { select: { method: { select: { id: true, name: true, position: true } } } },
} as const satisfies Prisma.EndpointSelect
type SummaryRow = Prisma.EndpointGetPayload<{ select: typeof summary }>

/** One page of a connector's endpoints: grouped by entity type, unless another order is chosen. */
export const listEndpoints = operation({
  name: 'list_endpoints',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listEndpointsSchema,
  output: listPageOf(endpointSummary),
  run: async ({ db }, { connectorId, entityType, ...params }) => {
    const where: Prisma.EndpointWhereInput = {
      connectorId,
      ...matching(params.q),
      ...(entityType !== null && { entityType }),
    }
    const grouped = params.sort === 'group' || params.sort === '-group'
    const order = grouped
      ? groupedKeyset(params.after)
      : keyset<Prisma.EndpointWhereInput, Prisma.EndpointOrderByWithRelationInput>(params, endpointSorts)
    const [rows, total] = await Promise.all([
      db.endpoint.findMany({
        where: { AND: [where, order.where] },
        orderBy: order.orderBy,
        take: order.take,
        select: summary,
      }),
      db.endpoint.count({ where }),
    ])
    const page = grouped ? toGroupedPage(rows, total) : toPage(rows, total, params, endpointSorts)
    const unknown = await unknownVariablesOf(
      db,
      connectorId,
      page.items.map(({ id }) => id),
    )
    return succeed({ ...page, items: page.items.map((row) => summaryView(row, unknown.get(row.id) ?? [])) })
  },
})

/** Endpoints whose name, entity type or URL contains the text. */
function matching(search: string): Prisma.EndpointWhereInput {
  const text = likeLiteral(foldName(search))
  if (text === '') return {}
  const contains = { contains: text, mode: 'insensitive' as const }
  return { OR: [{ foldedName: { contains: text } }, { entityType: contains }, { url: contains }] }
}

function groupedKeyset(after: string) {
  const cursor = after === '' ? null : decodeGroupedCursor(after)
  const orderBy: Prisma.EndpointOrderByWithRelationInput[] = [
    { entityType: 'asc' },
    { foldedName: 'asc' },
    { id: 'asc' },
  ]
  return { where: cursor === null ? {} : beyond(cursor), orderBy, take: pageSize + 1 }
}

function beyond({ entityType, foldedName, id }: GroupedCursor): Prisma.EndpointWhereInput {
  return {
    entityType: { gte: entityType },
    OR: [{ entityType: { gt: entityType } }, { foldedName: { gt: foldedName } }, { foldedName, id: { gt: id } }],
  }
}

function toGroupedPage(rows: SummaryRow[], total: number): ListPage<SummaryRow> {
  const items = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeGroupedCursor(last) : null, total }
}

function summaryView(
  { enablements, foldedName: _, updatedAt, httpMethod, ...row }: SummaryRow,
  unknownVariables: string[],
): EndpointSummary {
  // Sorted here, because the database would join all methods to sort those of one page.
  const methods = enablements
    .map(({ method }) => method)
    .sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
  return {
    ...row,
    httpMethod: httpMethod as HttpMethod,
    methods: methods.map(({ name }) => name),
    unknownVariables,
    updatedAt: updatedAt.toISOString(),
  }
}
