import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { inFlowOrder } from '@/lib/domain/flows/tree/shape-tree'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { shownStatusSql } from '@/lib/health/shown-status'
import { shapeState } from './shape-state'
import type { ShapeNode } from './views'

export type ShapeRow = {
  flowId: string
  id: string
  name: string
  parentId: string | null
  leg: string
  x: number
  y: number
  instanceId: string | null
  instanceName: string | null
  connectorName: string | null
  instanceStatus: NonNullable<ShapeNode['instance']>['status'] | null
  endpointId: string | null
  endpointName: string | null
  httpMethod: HttpMethod | null
  /** Whether the endpoint accepts the instance's method now (rules R1 and R3). */
  accepted: boolean
  /** Whether the latest request of the shape, with this instance and endpoint, was refused with 403. */
  forbidden: boolean
}

/**
 * The shapes of any number of flows in one query, those of each flow in its order. It looks up the enablement, because a shape stores no reference to
 * it.
 */
export async function shapesOfDrafts(
  db: WorkspaceDb,
  workspaceId: string,
  flowIds: string[],
): Promise<(ShapeNode & { flowId: string })[]> {
  if (flowIds.length === 0) return []
  const rows = await db.$queryRaw<ShapeRow[]>`
    SELECT v."flowId", s."id", s."name", s."parentId", s."leg", s."positionX" AS "x", s."positionY" AS "y",
      instance."id" AS "instanceId", instance."name" AS "instanceName", concat_ws(' ', connector."name", nullif(connector."versionLabel", '')) AS "connectorName", ${shownStatusSql} AS "instanceStatus",
      e."id" AS "endpointId", e."name" AS "endpointName", e."httpMethod",
      EXISTS (SELECT 1 FROM "Enablement" n WHERE n."methodId" = instance."methodId" AND n."endpointId" = s."endpointId") AS "accepted",
      COALESCE(latest."status" = 403 AND latest."instanceId" = s."instanceId" AND latest."endpointId" = s."endpointId", false) AS "forbidden"
    FROM "FlowVersion" v
    JOIN "Shape" s ON s."flowVersionId" = v."id" AND s."workspaceId" = v."workspaceId"
    LEFT JOIN "Instance" instance ON instance."id" = s."instanceId"
    LEFT JOIN "Connector" connector ON connector."id" = instance."connectorId"
    LEFT JOIN "Endpoint" e ON e."id" = s."endpointId"
    LEFT JOIN LATERAL (
      SELECT r."status", r."instanceId", r."endpointId" FROM "RequestLog" r
      WHERE r."workspaceId" = s."workspaceId" AND r."shapeId" = s."id" AND r."purpose" = 'endpoint'
      ORDER BY r."at" DESC LIMIT 1
    ) latest ON true
    WHERE v."workspaceId" = ${workspaceId}::uuid AND v."state" = 'draft' AND v."flowId" IN (${Prisma.join(flowIds.map((id) => Prisma.sql`${id}::uuid`))})
`
  const ofFlow = Map.groupBy(rows, ({ flowId }) => flowId)
  return [...ofFlow.values()].flatMap((shapes) => inFlowOrder(shapes).map(({ shape }) => shapeNode(shape)))
}

export function shapeNode(row: ShapeRow): ShapeNode & { flowId: string } {
  const { flowId, id, name, parentId, x, y } = row
  const instance =
    row.instanceId && row.instanceName && row.connectorName && row.instanceStatus
      ? { id: row.instanceId, name: row.instanceName, connectorName: row.connectorName, status: row.instanceStatus }
      : null
  const endpoint =
    row.endpointId && row.endpointName && row.httpMethod
      ? { id: row.endpointId, name: row.endpointName, httpMethod: row.httpMethod }
      : null
  return {
    flowId,
    id,
    name,
    parentId,
    x,
    y,
    instance,
    endpoint,
    state: shapeState({ instance, endpoint, accepted: row.accepted, forbidden: row.forbidden }),
  }
}
