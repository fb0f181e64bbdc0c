import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import { hashPassword } from '@/lib/platform/session/password'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { commandLine, findMember, ofPerson } from './membership'

/**
 * Sets a password, from the command line, and ends all of the person's sessions, in all workspaces, since the password is
 * valid for all of them.
 */
export async function setPassword(workspaceId: string, email: string, password: string): Promise<Result<null>> {
  const passwordHash = await hashPassword(password)
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    const member = await findMember(tx, { email })
    if (!member) return refuse('not_found', `${email} is not in this workspace.`, 'email')
    await tx.user.updateMany({ where: { id: member.id }, data: { passwordHash } })
    await tx.passwordReset.deleteMany({ where: { userId: member.id } })
    await endSessions(tx, { userId: member.id })
    await recordAudit(tx, commandLine(workspaceId), {
      action: 'set_password',
      ...ofPerson(member),
      changes: [{ field: 'password', how: 'replaced' }],
    })
    return succeed(null)
  })
}
