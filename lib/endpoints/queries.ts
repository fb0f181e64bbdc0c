import 'server-only'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { parameterDefinition } from '@/lib/platform/db/read-definition'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { succeed, type Result } from '@/lib/domain/result'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { keyset, pageSize, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { ListPage } from '@/lib/platform/lists/list-page'
import { flowsUsing } from './flows-using'
import { decodePlace, encodePlace, type GroupedPlace } from './grouped-order'
import { connectorNotFound, endpointNotFound } from './insert-endpoint'
import { endpointSorts, type EndpointFilter } from './list-order'
import { namedVariables } from './named-variables'
import type { EndpointDetail, EndpointSummary, EntityTypeCount } from './views'

const summary = {
  id: true,
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

/** One page of a connector's endpoints: grouped by entity type unless the address asks for another order. */
export async function listEndpoints(
  actor: Actor,
  connectorId: string,
  filter: EndpointFilter,
): Promise<Result<ListPage<EndpointSummary>>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
  if (!isId(connectorId)) return connectorNotFound()
  const db = workspaceDb(actor.workspaceId)
  const where: Prisma.EndpointWhereInput = {
    connectorId,
    ...matching(filter.q),
    ...(filter.entityType !== null && { entityType: filter.entityType }),
  }
  const order =
    filter.sort === 'group'
      ? groupedKeyset(filter.after)
      : keyset<Prisma.EndpointWhereInput, Prisma.EndpointOrderByWithRelationInput>(filter, endpointSorts)
  const [rows, total] = await Promise.all([
    db.endpoint.findMany({
      where: { AND: [where, order.where] },
      orderBy: order.orderBy,
      take: order.take,
      select: summary,
    }),
    db.endpoint.count({ where }),
  ])
  const page = filter.sort === 'group' ? toGroupedPage(rows, total) : toPage(rows, total, filter, endpointSorts)
  return succeed({ ...page, items: page.items.map(summaryView) })
}

/** Name, entity type or URL contain what was typed. */
function matching(search: string): Prisma.EndpointWhereInput {
  const text = likeLiteral(foldName(search.replaceAll('\0', '')))
  if (text === '') return {}
  const contains = { contains: text, mode: 'insensitive' as const }
  return { OR: [{ foldedName: { contains: text } }, { entityType: contains }, { url: contains }] }
}

function groupedKeyset(after: string) {
  const place = after === '' ? null : decodePlace(after)
  const orderBy: Prisma.EndpointOrderByWithRelationInput[] = [
    { entityType: 'asc' },
    { foldedName: 'asc' },
    { id: 'asc' },
  ]
  return { where: place === null ? {} : beyond(place), orderBy, take: pageSize + 1 }
}

function beyond({ entityType, foldedName, id }: GroupedPlace): Prisma.EndpointWhereInput {
  return {
    entityType: { gte: entityType },
    OR: [{ entityType: { gt: entityType } }, { foldedName: { gt: foldedName } }, { foldedName, id: { gt: id } }],
  }
}

function toGroupedPage(rows: SummaryRow[], total: number): ListPage<SummaryRow> {
  const items = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodePlace(last) : null, total }
}

function summaryView({ enablements, foldedName: _, updatedAt, httpMethod, ...row }: SummaryRow): EndpointSummary {
  // Ordered here: to order them for the page the database would join every method there is.
  const methods = enablements
    .map(({ method }) => method)
    .sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
  return {
    ...row,
    httpMethod: httpMethod as HttpMethod,
    methods: methods.map(({ name }) => name),
    updatedAt: updatedAt.toISOString(),
  }
}

/** The entity types in use, for the filter and as suggestions. */
export async function listEntityTypes(actor: Actor, connectorId: string): Promise<Result<EntityTypeCount[]>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
  if (!isId(connectorId)) return connectorNotFound()
  const groups = await workspaceDb(actor.workspaceId).endpoint.groupBy({
    by: ['entityType'],
    where: { connectorId },
    _count: true,
    orderBy: { entityType: 'asc' },
  })
  return succeed(groups.map((group) => ({ entityType: group.entityType, endpoints: group._count })))
}

/** One endpoint with all that *Endpoint details* and *Endpoint setup* show, and the flows that use it. */
export async function getEndpoint(
  actor: Actor,
  connectorId: string,
  endpointId: string,
): Promise<Result<EndpointDetail>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
  if (!isId(connectorId) || !isId(endpointId)) return endpointNotFound()
  const db = workspaceDb(actor.workspaceId)
  const endpoint = await db.endpoint.findFirst({
    where: { id: endpointId, connectorId },
    include: {
      connector: { select: { name: true, baseUrl: true } },
      parameters: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
    },
  })
  if (!endpoint) return endpointNotFound()
  const { id, revision, name, entityType, direction, deprecated, url, bodyFormat, body, dataPath, connector } = endpoint
  return succeed({
    ...{ id, connectorId, revision, name, entityType, direction, deprecated, url, bodyFormat, body, dataPath },
    connectorName: connector.name,
    baseUrl: connector.baseUrl,
    httpMethod: endpoint.httpMethod as HttpMethod,
    parameters: endpoint.parameters.map(parameterDefinition),
    namedVariables: await namedVariables(db, connectorId, id),
    usedBy: await flowsUsing(db, id),
    updatedAt: endpoint.updatedAt.toISOString(),
  })
}
