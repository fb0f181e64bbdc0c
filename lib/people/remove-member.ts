import 'server-only'
import { succeed, type Result } from '@/lib/domain/result'
import { auditPerson, changeMember, isLastAdministrator, lastAdministrator } from './membership'

/**
 * Removes a person from a workspace, together with their sessions there. Deletes a person who is in no other workspace.
 */
export function removeMember(workspaceId: string, email: string): Promise<Result<null>> {
  return changeMember(workspaceId, email, async (tx, member) => {
    if (await isLastAdministrator(tx, workspaceId, member)) return lastAdministrator(member)
    await tx.membership.deleteMany({ where: { workspaceId, userId: member.id } })
    await auditPerson(tx, workspaceId, 'remove_member', member)
    await tx.user.deleteMany({ where: { id: member.id, memberships: { none: {} } } })
    return succeed(null)
  })
}
