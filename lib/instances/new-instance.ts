import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { ListPage, ListParams } from '@/lib/platform/lists/list-page'
import { fieldViews } from './field-views'
import { loadFields } from './load-fields'
import { methodView } from './method-view'
import { connectorChoiceSorts } from './schema'
import type { ConnectorChoice, MethodChoice, NewInstanceView } from './views'

/** What *Add new instance* asks: every method of the connector, whether or not an endpoint accepts it yet (rule R5). */
export async function getNewInstance(actor: Actor, connectorId: string): Promise<Result<NewInstanceView>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const notFound = refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
  if (!isId(connectorId)) return notFound
  const row = await workspaceDb(actor.workspaceId).connector.findFirst({
    where: { id: connectorId },
    select: {
      ...{ id: true, name: true, versionLabel: true, dateFormat: true, rateLimitAmount: true, rateLimitUnit: true },
      methods: { select: { id: true, documentationUrl: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }] },
    },
  })
  if (!row) return notFound
  const methods = await Promise.all(row.methods.map((method) => methodChoice(actor.workspaceId, method)))
  const { id, name, versionLabel, dateFormat, rateLimitAmount, rateLimitUnit } = row
  return succeed({
    connector: { id, name, versionLabel },
    inherited: { dateFormat, rateLimitAmount, rateLimitUnit },
    methods: methods.filter((method) => method !== null),
  })
}

async function methodChoice(
  workspaceId: string,
  { id, documentationUrl }: { id: string; documentationUrl: string },
): Promise<MethodChoice | null> {
  const fields = await loadFields(workspaceId, id)
  return fields && { ...methodView(fields.method), documentationUrl, fields: fieldViews(fields) }
}

/** Connectors to add an instance to, where none was chosen yet. */
export async function listConnectorChoices(
  actor: Actor,
  params: ListParams,
): Promise<Result<ListPage<ConnectorChoice>>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const where: Prisma.ConnectorWhereInput =
    params.q === '' ? {} : { foldedName: { contains: likeLiteral(foldName(params.q)) } }
  const page = keyset<Prisma.ConnectorWhereInput, Prisma.ConnectorOrderByWithRelationInput>(
    params,
    connectorChoiceSorts,
  )
  const [rows, total] = await Promise.all([
    db.connector.findMany({
      where: { AND: [where, page.where] },
      orderBy: page.orderBy,
      take: page.take,
      select: { id: true, name: true, foldedName: true, versionLabel: true },
    }),
    db.connector.count({ where }),
  ])
  const { items, ...rest } = toPage(rows, total, params, connectorChoiceSorts)
  // Counted for the page alone: counts in the query above would be made for every connector of the workspace first.
  const parts = {
    where: { connectorId: { in: items.map(({ id }) => id) } },
    by: ['connectorId' as const],
    _count: true as const,
  }
  const [methods, instances] = await Promise.all([db.authenticationMethod.groupBy(parts), db.instance.groupBy(parts)])
  const countOf = (groups: typeof methods, id: string) =>
    groups.find(({ connectorId }) => connectorId === id)?._count ?? 0
  return succeed({
    ...rest,
    items: items.map(({ id, name, versionLabel }) => ({
      id,
      name,
      versionLabel,
      methods: countOf(methods, id),
      instances: countOf(instances, id),
    })),
  })
}
