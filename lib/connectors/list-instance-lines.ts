import 'server-only'
import { certificateEnd } from '@/lib/certificates/certificate-warning'
import { limitsOf, type PermittedActor } from '@/lib/domain/access/actor'
import { visibleInstances } from '@/lib/platform/db/actor-limits'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { failingStatuses } from '@/lib/domain/failing'
import { isDisabledSql, shownStatusSql } from '@/lib/health/shown-status'
import { foldName } from '@/lib/domain/names'
import { decodeCursor, encodeCursor } from '@/lib/platform/lists/keyset'
import type { AuthenticationType, ShownStatus } from '@/lib/domain/vocabulary'
import { unreachableSince } from '@/lib/request-log/unreachable-since'
import type { ConnectorFilter } from './schema'
import type { InstanceLine } from './views'

/** The number of instances shown under each connector in the list, and per page if only one connector is shown. */
export const instancesShown = { list: 5, alone: 100 } as const

type Row = {
  id: string
  connectorId: string
  name: string
  foldedName: string
  externalId: string | null
  labels: string[]
  methodName: string
  methodType: AuthenticationType
  status: ShownStatus
  statusReason: string
  statusSince: Date
  lastVerifiedAt: Date | null
  certificateValidTo: Date | null
  flows: number
}

/**
 * The first matching instances of each connector in one query, failing ones first: a lateral join reads them in the
 * order of the index and stops at the limit. If only one connector is shown, they are paged by name.
 */
export async function listInstanceLines(
  actor: PermittedActor,
  connectorIds: string[],
  filter: ConnectorFilter,
): Promise<{ of: Map<string, InstanceLine[]>; nextCursor: string | null }> {
  const limit = filter.connectorId ? instancesShown.alone : instancesShown.list
  const rows = await readLines(actor, connectorIds, filter, filter.connectorId ? limit + 1 : limit)
  const hasMore = filter.connectorId !== null && rows.length > limit
  const shown = hasMore ? rows.slice(0, limit) : rows
  const unreachable = await unreachableSince(
    actor.workspaceId,
    shown.map(({ id }) => id),
  )
  const last = shown.at(-1)
  return {
    of: byConnector(shown, unreachable, new Date()),
    nextCursor: hasMore && last ? encodeCursor(last.foldedName, last.id) : null,
  }
}

function readLines(
  actor: PermittedActor,
  connectorIds: string[],
  filter: ConnectorFilter,
  limit: number,
): Promise<Row[]> {
  const { workspaceId } = actor
  return workspaceDb(workspaceId).$queryRaw<Row[]>`
    SELECT line.*, method."name" AS "methodName", method."type"::text AS "methodType", used."flows",
      certificate."validTo" AS "certificateValidTo"
    FROM "Connector" connector
    CROSS JOIN LATERAL (
      ${filter.connectorId ? linesBy(actor, filter, Prisma.sql`true`, limit) : failingFirst(actor, filter, limit)}
    ) line
    JOIN "AuthenticationMethod" method ON method."id" = line."methodId"
    LEFT JOIN "Certificate" certificate ON certificate."workspaceId" = connector."workspaceId" AND certificate."instanceId" = line."id"
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT version."flowId")::int AS "flows"
      FROM "Shape" shape JOIN "FlowVersion" version ON version."id" = shape."flowVersionId"
      WHERE shape."instanceId" = line."id" AND version."state" IN ('draft', 'deployed')
    ) used
    WHERE connector."workspaceId" = ${workspaceId}::uuid AND connector."id" = ANY (${connectorIds}::uuid[])
    ORDER BY line."rank", line."foldedName", line."id"`
}

/** The instances of one connector, in the order of the index by name. */
function linesBy(actor: PermittedActor, filter: ConnectorFilter, health: Prisma.Sql, limit: number): Prisma.Sql {
  return Prisma.sql`
    SELECT instance."id", instance."connectorId", instance."methodId", instance."name", instance."foldedName", instance."externalId", instance."labels",
      ${shownStatusSql} AS "status", CASE WHEN ${isDisabledSql} THEN '' ELSE instance."statusReason" END AS "statusReason",
      coalesce(connector."disabledAt", instance."disabledAt", instance."statusSince") AS "statusSince", instance."lastVerifiedAt", 0 AS "rank"
    FROM "Instance" instance
    WHERE instance."connectorId" = connector."id" AND instance."workspaceId" = connector."workspaceId"
      AND ${health} AND ${visibleInstances(limitsOf(actor))} AND ${matching(filter)} AND ${beyond(filter)}
    ORDER BY instance."foldedName", instance."id"
    LIMIT ${limit}`
}

/** Failing instances are few and have their own index, so neither part reads more than it shows. */
function failingFirst(actor: PermittedActor, filter: ConnectorFilter, limit: number): Prisma.Sql {
  const failing = Prisma.sql`(instance."status" = ANY (${[...failingStatuses]}::"InstanceStatus"[]) AND NOT ${isDisabledSql})`
  const others = linesBy(actor, filter, Prisma.sql`NOT ${failing}`, limit)
  return Prisma.sql`
    (${linesBy(actor, filter, failing, limit)})
    UNION ALL
    (SELECT other."id", other."connectorId", other."methodId", other."name", other."foldedName", other."externalId", other."labels", other."status",
      other."statusReason", other."statusSince", other."lastVerifiedAt", 1 AS "rank" FROM (${others}) other)
    ORDER BY "rank", "foldedName", "id"
    LIMIT ${limit}`
}

function beyond(filter: ConnectorFilter): Prisma.Sql {
  const cursor = filter.connectorId ? decodeCursor(filter.after, 'text') : null
  return cursor
    ? Prisma.sql`(instance."foldedName", instance."id") > (${cursor.value}, ${cursor.id}::uuid)`
    : Prisma.sql`true`
}

function matching(filter: ConnectorFilter): Prisma.Sql {
  const q = foldName(filter.q)
  const name =
    q === ''
      ? Prisma.sql`true`
      : Prisma.sql`(strpos(instance."foldedName", ${q}) > 0 OR strpos(instance."foldedTags", ${q}) > 0 OR strpos(connector."foldedName", ${q}) > 0)`
  return Prisma.sql`${name} AND ${ofStatus(filter.status)}`
}

function ofStatus(status: ConnectorFilter['status']): Prisma.Sql {
  if (status === null) return Prisma.sql`true`
  if (status === 'disabled') return isDisabledSql
  return Prisma.sql`(instance."status" = ${status}::"InstanceStatus" AND NOT ${isDisabledSql})`
}

function byConnector(rows: Row[], unreachable: ReadonlyMap<string, Date>, now: Date): Map<string, InstanceLine[]> {
  const lines = new Map<string, InstanceLine[]>()
  for (const { connectorId, ...row } of rows) {
    const line = {
      id: row.id,
      name: row.name,
      externalId: row.externalId ?? '',
      labels: row.labels,
      methodName: row.methodName,
      methodType: row.methodType,
      status: row.status,
      statusReason: row.statusReason,
      statusSince: row.statusSince.toISOString(),
      unreachableSince: row.status === 'disabled' ? null : (unreachable.get(row.id)?.toISOString() ?? null),
      lastVerifiedAt: row.lastVerifiedAt?.toISOString() ?? null,
      certificate: certificateEnd(row.certificateValidTo, now),
      flows: row.flows,
    }
    lines.set(connectorId, [...(lines.get(connectorId) ?? []), line])
  }
  return lines
}
