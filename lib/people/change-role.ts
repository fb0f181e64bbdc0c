import 'server-only'
import { compareValues } from '@/lib/domain/history/compare-values'
import { roleLabels, type Role } from '@/lib/domain/access/roles'
import { succeed, type Result } from '@/lib/domain/result'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { auditPerson, changeMember, isLastAdministrator, lastAdministrator } from './membership'

/**
 * Changes a role and ends the person's sessions in this workspace, which were opened with another role. Sessions in
 * other workspaces stay.
 */
export function changeRole(workspaceId: string, email: string, role: Role): Promise<Result<null>> {
  return changeMember(workspaceId, email, async (tx, member) => {
    if (role !== 'administrator' && (await isLastAdministrator(tx, workspaceId, member)))
      return lastAdministrator(member)
    await tx.membership.updateMany({ where: { workspaceId, userId: member.id }, data: { role } })
    await endSessions(tx, { userId: member.id, workspaceId })
    await auditPerson(
      tx,
      workspaceId,
      'change_role',
      member,
      compareValues('role', roleLabels[member.role], roleLabels[role]),
    )
    return succeed(null)
  })
}
