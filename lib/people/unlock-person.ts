import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { forgetFailures } from '@/lib/platform/session/throttle'
import { recordAudit } from '@/lib/platform/audit/record'
import { commandLine, ofPerson } from './membership'

/**
 * Lets a person sign in immediately who has to wait because of failed sign-ins, their own or someone else's. This
 * concerns the person and not one workspace, so it is in the audit log of each of their workspaces.
 */
export async function unlockPerson(email: string): Promise<Result<null>> {
  const person = await systemDb().user.findUnique({
    where: { email },
    select: { id: true, name: true, memberships: { select: { workspaceId: true } } },
  })
  if (!person) return refuse('not_found', `Nobody has the email address ${email}.`, 'email')
  await forgetFailures(email)
  for (const { workspaceId } of person.memberships)
    await workspaceDb(workspaceId).$transaction((tx) =>
      recordAudit(tx, commandLine(workspaceId), { action: 'unlock_person', ...ofPerson(person) }),
    )
  return succeed(null)
}
