import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

/** The keys of a connector's own variables, which the templates of all its methods may name. */
export async function connectorKeysOf(db: WorkspaceDb | WorkspaceTransaction, connectorId: string): Promise<string[]> {
  const variables = await db.variable.findMany({ where: { connectorId, level: 'connector' }, select: { key: true } })
  return variables.map(({ key }) => key)
}
