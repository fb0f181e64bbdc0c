import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { forgetFailures } from '@/lib/platform/session/throttle'
import { auditPerson } from './membership'

/**
 * Lets a person sign in at once who is slowed down by failed sign-ins, their own or somebody else's. It is about the
 * person and not about one workspace, so each of theirs has it in its audit log.
 */
export async function unlockPerson(email: string): Promise<Result<null>> {
  const person = await systemDb().user.findUnique({
    where: { email },
    select: { id: true, name: true, memberships: { select: { workspaceId: true } } },
  })
  if (!person) return refuse('not_found', `Nobody has the e-mail address ${email}.`, 'email')
  await forgetFailures(email)
  for (const { workspaceId } of person.memberships)
    await workspaceDb(workspaceId).$transaction((tx) => auditPerson(tx, workspaceId, 'unlock_member', person))
  return succeed(null)
}
