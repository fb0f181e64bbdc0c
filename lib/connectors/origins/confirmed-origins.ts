import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'

/** The origins that the connector's credentials may be sent to (rule R14), for the code that builds requests. */
export async function confirmedOrigins(workspaceId: string, connectorId: string): Promise<string[]> {
  const rows = await workspaceDb(workspaceId).connectorOrigin.findMany({
    where: { connectorId, confirmedAt: { not: null } },
    select: { origin: true },
  })
  return rows.map((row) => row.origin)
}
