import 'server-only'
import { roleLabels, type Role } from '@/lib/domain/access/roles'
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

/** Ends the person's sessions, so that the new role holds from the next request on. */
export async function changeRole(workspaceId: string, email: string, role: Role): Promise<Result<null>> {
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    const membership = await findMembership(tx, workspaceId, email)
    if (!membership) return unknownMember(email)
    if (role !== 'administrator' && (await isLastAdministrator(tx, workspaceId, membership)))
      return lastAdministrator(membership)
    await tx.membership.updateMany({ where: { workspaceId, userId: membership.userId }, data: { role } })
    await endSessions(tx, membership.userId)
    await auditPerson(
      tx,
      workspaceId,
      'change_role',
      { id: membership.userId, name: membership.name },
      { role: { from: roleLabels[membership.role], to: roleLabels[role] } },
    )
    return succeed(null)
  })
}
