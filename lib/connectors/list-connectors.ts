import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { withShownStatus } from '@/lib/health/shown-status'
import { instanceMatches } from './instance-matches'
import { listInstanceLines } from './list-instance-lines'
import { connectorSorts, type ConnectorFilter, listConnectorsSchema } from './schema'
import { readConnectorPage, type ConnectorRow } from './read-connector-page'
import { iconOf } from './summary-columns'
import { type ConnectorSummary, type InstanceLine, connectorSummary } from './views'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'

/**
 * One page of Manage connectors: connectors whose name matches or that have a matching instance, each with its first
 * matching instances. By default, connectors with a failing instance come first, and within a connector its failing
 * instances. The number of queries does not depend on the workspace.
 */
export const listConnectors = operation({
  name: 'list_connectors',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listConnectorsSchema,
  output: listPageOf(connectorSummary).extend({ instances: z.int() }),
  run: async ({ actor, db }, filter) => {
    const where = whereOf(filter, actor.workspaceId)
    // For a single connector, its instances are paged instead of the connectors.
    const params = filter.connectorId ? { ...filter, after: '' } : filter
    const [rows, total, instances] = await Promise.all([
      readConnectorPage(db, where, params),
      db.connector.count({ where }),
      db.instance.count({ where: instancesOf(filter) }),
    ])
    const connectors = toPage(rows, total, params, connectorSorts)
    const [lines, counts] = await Promise.all([
      listInstanceLines(
        actor,
        connectors.items.map((row) => row.id),
        filter,
      ),
      countParts(db, connectors.items, filter),
    ])
    const items = connectors.items.map((row) => summary(row, counts, lines.of))
    return succeed({ items, nextCursor: lines.nextCursor ?? connectors.nextCursor, total, instances })
  },
})

/**
 * `workspaceId` is given again, because Prisma does not add it to "some instance", and the database would search the
 * instances of all workspaces.
 */
function whereOf(filter: ConnectorFilter, workspaceId: string): Prisma.ConnectorWhereInput {
  const q = likeLiteral(foldName(filter.q))
  const matchesName =
    q === ''
      ? {}
      : {
          OR: [
            { foldedName: { contains: q } },
            { instances: { some: { workspaceId, ...instanceMatches(foldName(filter.q)) } } },
          ],
        }
  return {
    ...(filter.connectorId && { id: filter.connectorId }),
    ...(filter.systemType && { systemType: filter.systemType }),
    AND: [matchesName, filter.status ? { instances: { some: { ...instanceFilter(filter), workspaceId } } } : {}],
  }
}

/**
 * The instances that match the filter: all of a connector whose name matches, otherwise those that match themselves.
 */
function instanceFilter(filter: ConnectorFilter): Prisma.InstanceWhereInput {
  const q = likeLiteral(foldName(filter.q))
  return {
    AND: [
      filter.status ? withShownStatus(filter.status) : {},
      q === '' ? {} : { OR: [instanceMatches(foldName(filter.q)), { connector: { foldedName: { contains: q } } }] },
    ],
  }
}

/**
 * All matching instances, of every page. A matching instance also makes its connector match, so only the other
 * conditions are checked on the connector.
 */
function instancesOf(filter: ConnectorFilter): Prisma.InstanceWhereInput {
  return {
    AND: [
      instanceFilter(filter),
      filter.connectorId ? { connectorId: filter.connectorId } : {},
      filter.systemType ? { connector: { systemType: filter.systemType } } : {},
    ],
  }
}

type Count = { connectorId: string; _count: number }

type Counts = Record<'endpoints' | 'methods' | 'pending' | 'totals' | 'matching', Count[]>

/** One query for each kind of count, for all connectors of the page. */
async function countParts(db: WorkspaceDb, rows: ConnectorRow[], filter: ConnectorFilter): Promise<Counts> {
  const of = {
    where: { connectorId: { in: rows.map((row) => row.id) } },
    by: ['connectorId' as const],
    _count: true as const,
  }
  const [endpoints, methods, pending, totals, matching] = await Promise.all([
    db.endpoint.groupBy(of),
    db.authenticationMethod.groupBy(of),
    db.connectorOrigin.groupBy({ ...of, where: { ...of.where, confirmedAt: null } }),
    db.instance.groupBy(of),
    db.instance.groupBy({ ...of, where: { AND: [of.where, instanceFilter(filter)] } }),
  ])
  return { endpoints, methods, pending, totals, matching }
}

function summary(row: ConnectorRow, counts: Counts, lines: Map<string, InstanceLine[]>): ConnectorSummary {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    versionLabel: row.versionLabel,
    systemType: row.systemType,
    icon: iconOf(row),
    updatedAt: row.updatedAt.toISOString(),
    disabled: row.disabledAt !== null,
    endpoints: countOf(counts.endpoints, row.id),
    methods: countOf(counts.methods, row.id),
    pendingOrigins: countOf(counts.pending, row.id),
    instances: lines.get(row.id) ?? [],
    instancesMatching: countOf(counts.matching, row.id),
    instancesTotal: countOf(counts.totals, row.id),
  }
}

function countOf(groups: Count[], connectorId: string): number {
  return groups.find((group) => group.connectorId === connectorId)?._count ?? 0
}
