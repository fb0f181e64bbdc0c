import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset } from '@/lib/platform/lists/keyset'
import type { ListParams } from '@/lib/platform/lists/list-page'
import { connectorSorts } from './schema'
import { summaryColumns } from './summary-columns'

const pageColumns = { ...summaryColumns, foldedName: true } as const

export type ConnectorRow = Prisma.ConnectorGetPayload<{ select: typeof pageColumns }> & {
  /** Set if the list is ordered by rank. */
  rank?: string
}

/** The connectors of one page, in order. The rank is in a separate table, from which the connectors are read. */
export async function readConnectorPage(
  db: WorkspaceDb,
  where: Prisma.ConnectorWhereInput,
  params: ListParams,
): Promise<ConnectorRow[]> {
  if (params.sort.endsWith('failing')) {
    const page = keyset<Prisma.ConnectorRankWhereInput, Prisma.ConnectorRankOrderByWithRelationInput>(
      params,
      connectorSorts,
    )
    const ranks = await db.connectorRank.findMany({
      where: { AND: [{ connector: where }, page.where] },
      orderBy: page.orderBy,
      take: page.take,
      select: { rank: true, connector: { select: pageColumns } },
    })
    return ranks.map(({ rank, connector }) => ({ ...connector, rank }))
  }
  const page = keyset<Prisma.ConnectorWhereInput, Prisma.ConnectorOrderByWithRelationInput>(params, connectorSorts)
  return db.connector.findMany({
    where: { AND: [where, page.where] },
    orderBy: page.orderBy,
    take: page.take,
    select: pageColumns,
  })
}
