import 'server-only'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { ListPage, ListParams } from '@/lib/platform/lists/list-page'
import { flowSorts } from './schema'
import { shapeState } from './shape-state'
import type { FlowDetail, FlowSummary, ShapeNode } from './views'

export const flowNotFound = refuse('not_found', 'This flow does not exist in your workspace; it may have been deleted.')

/** One page of the flows whose name matches, each with its shapes counted. */
export async function listFlows(actor: Actor, params: ListParams): Promise<Result<ListPage<FlowSummary>>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const where: Prisma.FlowWhereInput =
    params.q === '' ? {} : { foldedName: { contains: likeLiteral(foldName(params.q)) } }
  const page = keyset<Prisma.FlowWhereInput, Prisma.FlowOrderByWithRelationInput>(params, flowSorts)
  const [rows, total] = await Promise.all([
    db.flow.findMany({ where: { AND: [where, page.where] }, orderBy: page.orderBy, take: page.take }),
    db.flow.count({ where }),
  ])
  const { items, ...rest } = toPage(rows, total, params, flowSorts)
  const shapes = await shapesOfDrafts(
    db,
    actor.workspaceId,
    items.map(({ id }) => id),
  )
  return succeed({
    ...rest,
    items: items.map(({ id, name, description, updatedAt }) => {
      const own = shapes.filter(({ flowId }) => flowId === id)
      const shapesNeedingAttention = own.filter((shape) => shape.state !== 'ready').length
      return { id, name, description, shapes: own.length, shapesNeedingAttention, updatedAt: updatedAt.toISOString() }
    }),
  })
}

/** A flow's draft with every shape and whether it can run. */
export async function getFlow(actor: Actor, flowId: string): Promise<Result<FlowDetail>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(flowId)) return flowNotFound
  const db = workspaceDb(actor.workspaceId)
  const flow = await db.flow.findFirst({
    where: { id: flowId },
    include: { versions: { where: { state: 'draft' }, select: { revision: true, updatedAt: true } } },
  })
  const [draft] = flow?.versions ?? []
  if (!flow || !draft) return flowNotFound
  const shapes = await shapesOfDrafts(db, actor.workspaceId, [flow.id])
  return succeed({
    id: flow.id,
    name: flow.name,
    description: flow.description,
    revision: draft.revision,
    updatedAt: draft.updatedAt.toISOString(),
    shapes: shapes.map(({ flowId: _, ...shape }) => shape),
  })
}

type ShapeRow = {
  flowId: string
  id: string
  name: string
  x: number
  y: number
  instanceId: string | null
  instanceName: string | null
  instanceStatus: NonNullable<ShapeNode['instance']>['status'] | null
  endpointId: string | null
  endpointName: string | null
  httpMethod: HttpMethod | null
  /** Whether the endpoint accepts the instance's method now (rules R1 and R3). */
  accepted: boolean
}

/** One query for the shapes of any number of flows, the enablement looked up with them: a shape is never tied to it. */
async function shapesOfDrafts(
  db: WorkspaceDb,
  workspaceId: string,
  flowIds: string[],
): Promise<(ShapeNode & { flowId: string })[]> {
  if (flowIds.length === 0) return []
  const rows = await db.$queryRaw<ShapeRow[]>`
    SELECT v."flowId", s."id", s."name", s."positionX" AS "x", s."positionY" AS "y",
      i."id" AS "instanceId", i."name" AS "instanceName", i."status"::text AS "instanceStatus",
      e."id" AS "endpointId", e."name" AS "endpointName", e."httpMethod",
      EXISTS (SELECT 1 FROM "Enablement" n WHERE n."methodId" = i."methodId" AND n."endpointId" = s."endpointId") AS "accepted"
    FROM "FlowVersion" v
    JOIN "Shape" s ON s."flowVersionId" = v."id" AND s."workspaceId" = v."workspaceId"
    LEFT JOIN "Instance" i ON i."id" = s."instanceId"
    LEFT JOIN "Endpoint" e ON e."id" = s."endpointId"
    WHERE v."workspaceId" = ${workspaceId}::uuid AND v."state" = 'draft' AND v."flowId" IN (${Prisma.join(flowIds.map((id) => Prisma.sql`${id}::uuid`))})
    ORDER BY s."positionY", s."positionX", s."id"`
  return rows.map(shapeNode)
}

function shapeNode(row: ShapeRow): ShapeNode & { flowId: string } {
  const { flowId, id, name, x, y } = row
  const instance =
    row.instanceId && row.instanceName && row.instanceStatus
      ? { id: row.instanceId, name: row.instanceName, status: row.instanceStatus }
      : null
  const endpoint =
    row.endpointId && row.endpointName && row.httpMethod
      ? { id: row.endpointId, name: row.endpointName, httpMethod: row.httpMethod }
      : null
  return {
    flowId,
    id,
    name,
    x,
    y,
    instance,
    endpoint,
    state: shapeState({ instance, endpoint, accepted: row.accepted }),
  }
}
