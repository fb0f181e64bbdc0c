import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { workspaceDb } from '@/lib/platform/db/client'
import { hashPassword } from '@/lib/platform/session/password'
import { newPersonOf } from './new-person'
import { joinWorkspace } from './join-workspace'
import { commandLine, findMember } from './membership'
import type { AddPersonInput } from './schema'

/**
 * Adds a person to a workspace, from the command line. A person who is already in another workspace keeps their name and
 * password. In the app people choose their own password: an administrator invites them (invite-person.ts).
 */
export async function addPerson(workspaceId: string, input: AddPersonInput): Promise<Result<null>> {
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password)
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    if (await findMember(tx, { email: input.email }))
      return refuse('name_taken', `${input.email} is already in this workspace.`, 'email')
    await joinWorkspace(
      tx,
      { email: input.email, role: input.role, newPerson: newPersonOf(input, passwordHash) },
      { workspaceId, action: 'add_person', actorOf: () => commandLine(workspaceId) },
    )
    await tx.invitation.deleteMany({ where: { email: input.email } })
    return succeed(null)
  })
}
