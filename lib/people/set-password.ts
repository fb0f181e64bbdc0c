import 'server-only'
import { succeed, type Result } from '@/lib/domain/result'
import { hashPassword } from '@/lib/platform/session/password'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { auditPerson, changeMember } from './membership'

/**
 * Sets a password and ends all of the person's sessions, in all workspaces, since the password is valid for all of
 * them.
 */
export async function setPassword(workspaceId: string, email: string, password: string): Promise<Result<null>> {
  const passwordHash = await hashPassword(password)
  return changeMember(workspaceId, email, async (tx, member) => {
    await tx.user.updateMany({ where: { id: member.id }, data: { passwordHash } })
    await endSessions(tx, { userId: member.id })
    await auditPerson(tx, workspaceId, 'set_password', member, [{ field: 'password', how: 'replaced' }])
    return succeed(null)
  })
}
