import 'server-only'
import { systemDb } from '@/lib/platform/db/client'

export type WorkspaceSummary = { id: string; name: string; members: number }

/** For the server's command line: sees every workspace, so no page may use it. */
export async function listWorkspaces(): Promise<WorkspaceSummary[]> {
  const rows = await systemDb().workspace.findMany({
    select: { id: true, name: true, _count: { select: { memberships: true } } },
    orderBy: { name: 'asc' },
  })
  return rows.map(({ id, name, _count }) => ({ id, name, members: _count.memberships }))
}
