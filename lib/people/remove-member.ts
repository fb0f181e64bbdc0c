import 'server-only'
import { succeed, type Result } from '@/lib/domain/result'
import { workspaceDb } from '@/lib/platform/db/client'
import {
  auditPerson,
  endSessions,
  findMembership,
  isLastAdministrator,
  lastAdministrator,
  unknownMember,
} from './membership'

/** Takes a person out of a workspace and ends their sessions. Whoever is in no workspace any more is forgotten. */
export async function removeMember(workspaceId: string, email: string): Promise<Result<null>> {
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    const membership = await findMembership(tx, workspaceId, email)
    if (!membership) return unknownMember(email)
    if (await isLastAdministrator(tx, workspaceId, membership)) return lastAdministrator(membership)
    await tx.membership.deleteMany({ where: { workspaceId, userId: membership.userId } })
    await endSessions(tx, membership.userId)
    await auditPerson(tx, workspaceId, 'remove_member', { id: membership.userId, name: membership.name })
    await tx.user.deleteMany({ where: { id: membership.userId, memberships: { none: {} } } })
    return succeed(null)
  })
}
