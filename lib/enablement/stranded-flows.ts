import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { columnsOf, type Cell } from './cells'
import type { StrandedFlow } from './views'

type Row = {
  flowId: string
  flowName: string
  shapeName: string
  instanceName: string
  endpointName: string
  methodName: string
}

/**
 * The flows that break when cells are switched off: a draft or deployed shape uses the endpoint with an instance of the
 * method (rule R3). Superseded versions are snapshots and do not break.
 */
export async function findStrandedFlows(
  db: WorkspaceDb | WorkspaceTransaction,
  workspaceId: string,
  cells: Cell[],
): Promise<StrandedFlow[]> {
  const { endpointIds, methodIds } = columnsOf(cells.filter((cell) => !cell.enabled))
  if (endpointIds.length === 0) return []
  const rows = await db.$queryRaw<Row[]>`
    SELECT DISTINCT f."id" AS "flowId", f."name" AS "flowName", f."foldedName", s."name" AS "shapeName",
      i."name" AS "instanceName", e."name" AS "endpointName", m."name" AS "methodName"
    FROM unnest(${endpointIds}::uuid[], ${methodIds}::uuid[]) AS c("endpointId", "methodId")
    JOIN "Enablement" n ON n."methodId" = c."methodId" AND n."endpointId" = c."endpointId"
    JOIN "Shape" s ON s."endpointId" = c."endpointId"
    JOIN "Instance" i ON i."id" = s."instanceId" AND i."methodId" = c."methodId"
    JOIN "FlowVersion" v ON v."id" = s."flowVersionId" AND v."state" IN ('draft', 'deployed')
    JOIN "Flow" f ON f."id" = v."flowId"
    JOIN "Endpoint" e ON e."id" = c."endpointId"
    JOIN "AuthenticationMethod" m ON m."id" = c."methodId" AND m."workspaceId" = s."workspaceId"
    WHERE s."workspaceId" = ${workspaceId}::uuid
    ORDER BY f."foldedName", f."id", s."name"`
  return groupByFlow(rows)
}

function groupByFlow(rows: Row[]): StrandedFlow[] {
  const flows = new Map<string, StrandedFlow>()
  for (const { flowId, flowName, shapeName, ...names } of rows) {
    const flow = flows.get(flowId) ?? { flowId, flowName, shapes: [] }
    flow.shapes.push({
      name: shapeName,
      instanceName: names.instanceName,
      endpointName: names.endpointName,
      methodName: names.methodName,
    })
    flows.set(flowId, flow)
  }
  return [...flows.values()]
}
