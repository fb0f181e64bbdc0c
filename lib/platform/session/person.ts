import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { SessionClaims } from './sign-in'

/** The signed-in person, with what the frame shows of them. */
export type Person = { actor: PersonActor; email: string; workspaceName: string }

/**
 * Who a session belongs to now: null once the person has left the workspace or their sessionVersion was raised. The
 * role is always the one of this moment (DATA: People and workspaces).
 */
export async function findPerson(claims: SessionClaims): Promise<Person | null> {
  const membership = await systemDb().membership.findUnique({
    where: { workspaceId_userId: { workspaceId: claims.workspaceId, userId: claims.userId } },
    select: {
      role: true,
      user: { select: { name: true, email: true, sessionVersion: true } },
      workspace: { select: { name: true } },
    },
  })
  if (!membership || membership.user.sessionVersion !== claims.sessionVersion) return null
  const { role, user, workspace } = membership
  const actor: PersonActor = {
    kind: 'person',
    workspaceId: claims.workspaceId,
    userId: claims.userId,
    sessionVersion: claims.sessionVersion,
    label: user.name,
    role,
  }
  return { actor, email: user.email, workspaceName: workspace.name }
}
