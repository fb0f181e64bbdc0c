import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { readChanges } from '../read-changes'
import type { ChangeEvent } from './views'

export type TimelineInstance = { id: string; workspaceId: string; connectorId: string; methodId: string }

/**
 * Changes of an instance, its method (with variables and enablement) and its connector (with variables and endpoints),
 * newest first.
 * @param page as for readChanges
 */
export async function readInstanceChanges(
  db: WorkspaceDb,
  { id, workspaceId, connectorId, methodId }: TimelineInstance,
  page: { within: Prisma.Sql; limit: number },
): Promise<ChangeEvent[]> {
  const owners = [methodId, connectorId]
  const types = ['variable', 'endpoint', 'enablement'] as const
  const lines = await readChanges(db, { workspaceId, objects: [id, ...owners], owners, types }, page)
  return lines.map((line) => ({ kind: 'change', ...line }))
}
