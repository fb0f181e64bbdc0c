import 'server-only'
import { Prisma } from '@/lib/platform/db/generated/client'
import { workspaceDb, type WorkspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { decodePlace, encodePlace } from '@/lib/endpoints/grouped-order'
import { cellsOf } from './cells'
import type { MatrixChanges, OfferedEndpointsInput } from './schema'
import { findStrandedFlows } from './stranded-flows'
import type { Matrix, MatrixPlan, MethodSwitch, OfferedEndpoint, OfferedEndpoints } from './views'

const connectorNotFound = () =>
  refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')

/** The switches of an endpoint: every method of its connector, in the connector's order. */
export async function listMethodSwitches(actor: Actor, endpointId: string): Promise<Result<MethodSwitch[]>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
  const notFound = refuse('not_found', 'This endpoint does not exist in your workspace; it may have been deleted.')
  if (!isId(endpointId)) return notFound
  const db = workspaceDb(actor.workspaceId)
  const endpoint = await db.endpoint.findFirst({
    where: { id: endpointId },
    select: { connectorId: true, enablements: { select: { methodId: true } } },
  })
  if (!endpoint) return notFound
  const methods = await db.authenticationMethod.findMany({
    where: { connectorId: endpoint.connectorId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, type: true, _count: { select: { instances: true } } },
  })
  const enabled = new Set(endpoint.enablements.map((enablement) => enablement.methodId))
  return succeed(
    methods.map(({ id, name, type, _count }) => ({
      methodId: id,
      name,
      type,
      enabled: enabled.has(id),
      instances: _count.instances,
    })),
  )
}

type MatrixRow = {
  id: string
  name: string
  entityType: string
  httpMethod: HttpMethod
  url: string
  enabled: number[]
}

/**
 * All endpoints of a connector with the methods each accepts, as short as the matrix can use it: a method is its place
 * among the connector's, because tens of thousands of ids take longer to carry over than to find.
 */
export async function getMatrix(actor: Actor, connectorId: string): Promise<Result<Matrix>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
  if (!isId(connectorId)) return connectorNotFound()
  const db = workspaceDb(actor.workspaceId)
  const connector = await db.connector.findFirst({
    where: { id: connectorId },
    select: {
      name: true,
      methods: { orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true, name: true, type: true } },
    },
  })
  if (!connector) return connectorNotFound()
  const methodIds = connector.methods.map((method) => method.id)
  const endpoints = await db.$queryRaw<MatrixRow[]>`
    SELECT e."id", e."name", e."entityType", e."httpMethod", e."url",
      array_remove(ARRAY(SELECT array_position(${methodIds}::uuid[], n."methodId") - 1 FROM "Enablement" n WHERE n."endpointId" = e."id"), NULL) AS "enabled"
    FROM "Endpoint" e
    WHERE e."connectorId" = ${connectorId}::uuid AND e."workspaceId" = ${actor.workspaceId}::uuid
    ORDER BY e."entityType", e."foldedName", e."id"`
  return succeed({ connectorId, connectorName: connector.name, methods: connector.methods, endpoints })
}

/** The flows that staged changes of the matrix would strand now: for *Review*. */
export async function planMatrix(
  actor: Actor,
  connectorId: string,
  changes: MatrixChanges,
): Promise<Result<MatrixPlan>> {
  const permitted = permit(actor, 'change')
  if (!permitted.ok) return permitted
  if (!isId(connectorId)) return connectorNotFound()
  const db = workspaceDb(actor.workspaceId)
  if (!(await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } }))) return connectorNotFound()
  return succeed({ strandedFlows: await findStrandedFlows(db, actor.workspaceId, cellsOf(changes)) })
}

/** Rule R1 for one endpoint: whether it accepts the authentication method of the instance. Every door asks this. */
export async function acceptsInstance(
  db: WorkspaceDb | WorkspaceTransaction,
  endpointId: string,
  instanceId: string,
): Promise<boolean> {
  if (!isId(endpointId) || !isId(instanceId)) return false
  const where = {
    endpointId,
    method: { instances: { some: { id: instanceId } } },
  } satisfies Prisma.EnablementWhereInput
  return (await (db as WorkspaceDb).enablement.findFirst({ where, select: { endpointId: true } })) !== null
}

const pageSize = 50

/**
 * Rule R1: exactly the endpoints on which the instance's authentication method is enabled, a page at a time, and how
 * many others the connector has. Reads only what the picker shows.
 */
export async function offeredEndpoints(
  actor: Actor,
  { instanceId, search = '', after = null }: OfferedEndpointsInput,
): Promise<Result<OfferedEndpoints>> {
  const permitted = permit(actor, 'see')
  if (!permitted.ok) return permitted
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
    nextCursor: last ? encodePlace(last) : null,
    counts,
  })
}

type ChosenInstance = { connectorId: string; methodId: string; methodName: string }
type InstanceRow = ChosenInstance & { name: string; awaiting: boolean }

async function findChosenInstance(actor: Actor, instanceId: string): Promise<Result<ChosenInstance, Refusal>> {
  const [instance] = isId(instanceId)
    ? await workspaceDb(actor.workspaceId).$queryRaw<InstanceRow[]>`
        SELECT i."connectorId", i."methodId", m."name" AS "methodName", i."name", i."status" = 'awaiting_authorisation' AS "awaiting"
        FROM "Instance" i JOIN "AuthenticationMethod" m ON m."id" = i."methodId"
        WHERE i."id" = ${instanceId}::uuid AND i."workspaceId" = ${actor.workspaceId}::uuid`
    : []
  if (!instance) return refuse('not_found', 'This instance does not exist in your workspace; it may have been deleted.')
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
 * Reads in the order of the index until the page is full. Without IS TRUE the planner joins the two tables, which
 * sorts all endpoints that the method may call to show fifty.
 */
function readOfferedPage(actor: Actor, filter: OfferedFilter): Promise<OfferedRow[]> {
  return workspaceDb(actor.workspaceId).$queryRaw<OfferedRow[]>`
    SELECT e."id", e."name", e."foldedName", e."entityType", e."direction"::text, e."httpMethod", e."url", e."deprecated"
    FROM "Endpoint" e
    WHERE e."connectorId" = ${filter.connectorId}::uuid AND e."workspaceId" = ${actor.workspaceId}::uuid
      AND (e."id" IN (SELECT n."endpointId" FROM "Enablement" n WHERE n."methodId" = ${filter.methodId}::uuid)) IS TRUE
      ${matching(filter.search)} ${following(filter.after)}
    ORDER BY e."entityType", e."foldedName", e."id"
    LIMIT ${pageSize + 1}`
}

/** Name, entity type or URL contain what was typed; nothing in it is a pattern. */
function matching(search: string): Prisma.Sql {
  const text = foldName(search.replaceAll('\0', ''))
  if (text === '') return Prisma.empty
  return Prisma.sql`AND (position(${text} in e."foldedName") > 0 OR position(${text} in lower(e."entityType")) > 0 OR position(${text} in lower(e."url")) > 0)`
}

function following(after: string | null): Prisma.Sql {
  const place = after === null ? null : decodePlace(after)
  if (place === null) return Prisma.empty
  return Prisma.sql`AND (e."entityType", e."foldedName", e."id") > (${place.entityType}, ${place.foldedName}, ${place.id}::uuid)`
}

async function countOffered(actor: Actor, connectorId: string, methodId: string): Promise<OfferedEndpoints['counts']> {
  const [counts] = await workspaceDb(actor.workspaceId).$queryRaw<{ all: number; offered: number }[]>`
    SELECT
      (SELECT count(*)::int FROM "Endpoint" WHERE "workspaceId" = ${actor.workspaceId}::uuid AND "connectorId" = ${connectorId}::uuid) AS "all",
      (SELECT count(*)::int FROM "Enablement" WHERE "methodId" = ${methodId}::uuid) AS "offered"`
  const { all, offered } = counts!
  return { offered, hidden: all - offered }
}
