import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { workspaceDb } from '@/lib/platform/db/client'
import { hashPassword } from '@/lib/platform/session/password'
import { joinWorkspace } from './join-workspace'
import { findMembership } from './membership'
import type { AddMemberInput } from './schema'

/** Adds a person to a workspace. A person who is already in another workspace keeps their name and password. */
export async function addMember(workspaceId: string, input: AddMemberInput): Promise<Result<null>> {
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password)
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    if (await findMembership(tx, workspaceId, input.email))
      return refuse('name_taken', `${input.email} is already in this workspace.`, 'email')
    await joinWorkspace(tx, workspaceId, input, passwordHash)
    return succeed(null)
  })
}
