import 'server-only'
import type { ParameterDefinition } from '@/lib/domain/definitions'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { ofConnector, parameterDefinition } from '@/lib/platform/db/read-definition'

/** The parameters of a connector itself, in their order. */
export async function readConnectorParameters(db: WorkspaceDb, connectorId: string): Promise<ParameterDefinition[]> {
  const rows = await db.parameter.findMany({
    where: { connectorId, ...ofConnector },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  })
  return rows.map(parameterDefinition)
}
