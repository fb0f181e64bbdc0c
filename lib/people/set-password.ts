import 'server-only'
import { succeed, type Result } from '@/lib/domain/result'
import { workspaceDb } from '@/lib/platform/db/client'
import { hashPassword } from '@/lib/platform/session/password'
import { auditPerson, endSessions, findMembership, unknownMember } from './membership'

/** A new password ends every session that the old one began. */
export async function setPassword(workspaceId: string, email: string, password: string): Promise<Result<null>> {
  const passwordHash = await hashPassword(password)
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    const membership = await findMembership(tx, workspaceId, email)
    if (!membership) return unknownMember(email)
    await tx.user.updateMany({ where: { id: membership.userId }, data: { passwordHash } })
    await endSessions(tx, membership.userId)
    await auditPerson(
      tx,
      workspaceId,
      'set_password',
      { id: membership.userId, name: membership.name },
      { password: 'replaced' },
    )
    return succeed(null)
  })
}
