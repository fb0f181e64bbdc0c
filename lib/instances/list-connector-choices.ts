import 'server-only'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { connectorChoiceSorts, listConnectorChoicesSchema } from './schema'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { connectorChoice } from './views'

/** The connectors to which an instance can be added, if none was chosen yet. */
export const listConnectorChoices = operation({
  name: 'list_connector_choices',
  permission: 'change',
  input: listConnectorChoicesSchema,
  output: listPageOf(connectorChoice),
  run: async ({ db }, params) => {
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
    // Counted only for this page: in the query above, Postgres would count for every connector of the workspace first.
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
  },
})
