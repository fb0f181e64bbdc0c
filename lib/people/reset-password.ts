import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { succeed, type Result } from '@/lib/domain/result'
import { hashOfToken } from '@/lib/platform/crypto/one-way-token'
import { workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { newId } from '@/lib/platform/db/new-id'
import type { Client } from '@/lib/platform/session/client'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { openSession } from '@/lib/platform/session/open-session'
import { hashPassword } from '@/lib/platform/session/password'
import { forgetFailures } from '@/lib/platform/session/throttle'
import { findReset, unknownReset } from './find-reset'
import { ofPerson } from './membership'

/**
 * Sets a new password with a reset link, once, ends all sessions of the person in all workspaces, and signs the person
 * in. Failed sign-ins are forgotten, because the person is likely to have caused some.
 */
export async function resetPassword(token: string, password: string, client: Client): Promise<Result<SessionClaims>> {
  const found = await findReset(token)
  if (!found.ok) return found
  const { userId, workspaceId, name, email } = found.value
  const passwordHash = await hashPassword(password)
  const result = await commitUnlessRefused(workspaceDb(workspaceId), async (tx) => {
    // In the order in which signing in locks them, so that the two cannot deadlock.
    await tx.$executeRaw`SELECT FROM "Membership" WHERE "workspaceId" = ${workspaceId}::uuid AND "userId" = ${userId}::uuid FOR NO KEY UPDATE`
    // Of several requests with one link, only the first deletes the row.
    const { count } = await tx.passwordReset.deleteMany({ where: { tokenHash: hashOfToken(token) } })
    if (count === 0) return unknownReset()
    await tx.user.update({ where: { id: userId }, data: { passwordHash } })
    await endSessions(tx, { userId })
    const sessionId = newId()
    const claims = await openSession(tx, { userId, workspaceId, passwordHash, id: sessionId }, client)
    if (!claims) return unknownReset()
    const { role } = await tx.membership.findFirstOrThrow({ where: { userId }, select: { role: true } })
    await recordAudit(
      tx,
      { kind: 'person', workspaceId, userId, sessionId, label: name, role, address: client.address },
      {
        action: 'reset_password',
        ...ofPerson({ id: userId, name }),
        changes: [{ field: 'password', how: 'replaced' }],
      },
    )
    return succeed(claims)
  })
  if (result.ok) await forgetFailures(email)
  return result
}
