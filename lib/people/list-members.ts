import 'server-only'
import type { Role } from '@/lib/domain/access/roles'
import { systemDb } from '@/lib/platform/db/client'

export type Member = { workspace: string; name: string; email: string; role: Role; since: Date }

/** For the server's command line: sees every workspace, so no page may use it. */
export async function listMembers(workspaceId?: string): Promise<Member[]> {
  const rows = await systemDb().membership.findMany({
    where: workspaceId === undefined ? {} : { workspaceId },
    select: {
      role: true,
      createdAt: true,
      workspace: { select: { name: true } },
      user: { select: { name: true, email: true } },
    },
    orderBy: [{ workspace: { name: 'asc' } }, { user: { email: 'asc' } }],
  })
  return rows.map(({ role, createdAt, workspace, user }) => ({
    workspace: workspace.name,
    ...user,
    role,
    since: createdAt,
  }))
}
