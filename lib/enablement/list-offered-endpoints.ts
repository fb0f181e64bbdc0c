import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { visibleInstances } from '@/lib/platform/db/actor-limits'
import { Prisma } from '@/lib/platform/db/generated/client'
import { workspaceDb } from '@/lib/platform/db/client'
import { limitsOf, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { decodeGroupedCursor, encodeGroupedCursor } from '@/lib/endpoints/grouped-order'
import { type OfferedEndpoint, type OfferedEndpoints, offeredEndpoints } from './views'
import { operation } from '@/lib/operations/operation'
import { offeredEndpointsSchema } from './schema'

const pageSize = 50

/**
 * Rule R1: one page of exactly those endpoints on which the instance's authentication method is enabled, and how many
 * others the connector has. Reads only what the picker shows.
 */
export const listOfferedEndpoints = operation({
  name: 'list_offered_endpoints',
  permission: 'see',
  restrictedKeys: 'allowed',
  callOnlyKeys: 'allowed',
  input: offeredEndpointsSchema,
  output: offeredEndpoints,
  run: async ({ actor }, { instanceId, search = '', after = null }) => {
    const instance = await findChosenInstance(actor, instanceId)
    if (!instance.ok) return instance
    const { connectorId, methodId, methodName } = instance.value
    const [items, counts] = await Promise.all([
      readOfferedPage(actor, { connectorId, methodId, search, after }),
      countOffered(actor, connectorId, methodId),
    ])
    const last = items.length > pageSize ? items[pageSize - 1] : undefined
    return succeed({
      connectorId,
      methodName,
      items: items.slice(0, pageSize).map(({ foldedName: _, ...endpoint }) => endpoint),
      nextCursor: last ? encodeGroupedCursor(last) : null,
      counts,
    })
  },
})

type ChosenInstance = { connectorId: string; methodId: string; methodName: string }

type InstanceRow = ChosenInstance & { name: string; awaiting: boolean }

async function findChosenInstance(actor: Actor, instanceId: string): Promise<Result<ChosenInstance, Refusal>> {
  const [instance] = await workspaceDb(actor.workspaceId).$queryRaw<InstanceRow[]>`
    SELECT instance."connectorId", instance."methodId", m."name" AS "methodName", instance."name",
      instance."status" = 'awaiting_authorisation' AS "awaiting"
    FROM "Instance" instance JOIN "AuthenticationMethod" m ON m."id" = instance."methodId"
    WHERE instance."id" = ${instanceId}::uuid AND instance."workspaceId" = ${actor.workspaceId}::uuid
      AND ${visibleInstances(limitsOf(actor))}`
  if (!instance) return notFound('instance')
  if (instance.awaiting) {
    return refuse(
      'endpoint_not_available',
      `“${instance.name}” has not been authorised yet. Authorise it, then choose an endpoint.`,
    )
  }
  return succeed(instance)
}

type OfferedRow = OfferedEndpoint & { foldedName: string }

type OfferedFilter = { connectorId: string; methodId: string; search: string; after: string | null }

/**
 * Reads in the order of the index until the page is full. Without IS TRUE the planner joins the two tables and sorts
 * all endpoints of the method to show fifty.
 */
function readOfferedPage(actor: Actor, filter: OfferedFilter): Promise<OfferedRow[]> {
  return workspaceDb(actor.workspaceId).$queryRaw<OfferedRow[]>`
    SELECT e."id", e."key", e."name", e."foldedName", e."entityType", e."direction"::text, e."httpMethod", e."url", e."deprecated"
    FROM "Endpoint" e
    WHERE e."connectorId" = ${filter.connectorId}::uuid AND e."workspaceId" = ${actor.workspaceId}::uuid
      AND (e."id" IN (SELECT n."endpointId" FROM "Enablement" n WHERE n."methodId" = ${filter.methodId}::uuid)) IS TRUE
      ${matching(filter.search)} ${following(filter.after)}
    ORDER BY e."entityType", e."foldedName", e."id"
    LIMIT ${pageSize + 1}`
}

/** Matches endpoints whose name, entity type or URL contains the text. The text is not a pattern. */
function matching(search: string): Prisma.Sql {
  const text = foldName(search.replaceAll('\0', ''))
  if (text === '') return Prisma.empty
  return Prisma.sql`AND (position(${text} in e."foldedName") > 0 OR position(${text} in lower(e."entityType")) > 0 OR position(${text} in lower(e."url")) > 0)`
}

function following(after: string | null): Prisma.Sql {
  const cursor = after === null ? null : decodeGroupedCursor(after)
  if (cursor === null) return Prisma.empty
  return Prisma.sql`AND (e."entityType", e."foldedName", e."id") > (${cursor.entityType}, ${cursor.foldedName}, ${cursor.id}::uuid)`
}

async function countOffered(actor: Actor, connectorId: string, methodId: string): Promise<OfferedEndpoints['counts']> {
  const [counts] = await workspaceDb(actor.workspaceId).$queryRaw<{ all: number; offered: number }[]>`
    SELECT
      (SELECT count(*)::int FROM "Endpoint" WHERE "workspaceId" = ${actor.workspaceId}::uuid AND "connectorId" = ${connectorId}::uuid) AS "all",
      (SELECT count(*)::int FROM "Enablement" WHERE "methodId" = ${methodId}::uuid) AS "offered"`
  const { all, offered } = counts!
  return { offered, hidden: all - offered }
}
