import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import type { Role } from '@/lib/domain/access/roles'

export type Member = { workspace: string; name: string; email: string; role: Role; since: Date }

/** For the commands of whoever runs the server: sees every workspace, so no page may use it. */
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

export type WorkspaceSummary = { id: string; name: string; members: number }

export async function listWorkspaces(): Promise<WorkspaceSummary[]> {
  const rows = await systemDb().workspace.findMany({
    select: { id: true, name: true, _count: { select: { memberships: true } } },
    orderBy: { name: 'asc' },
  })
  return rows.map(({ id, name, _count }) => ({ id, name, members: _count.memberships }))
}

export async function isKnownPerson(email: string): Promise<boolean> {
  return (await systemDb().user.findUnique({ where: { email }, select: { id: true } })) !== null
}
