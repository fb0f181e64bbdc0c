import 'server-only'
import { succeed, type Result } from '@/lib/domain/result'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { hashPassword } from '@/lib/platform/session/password'
import { newPersonOf } from './new-person'
import { joinWorkspace } from './join-workspace'
import { commandLine } from './membership'
import type { AddPersonInput } from './schema'

/** Creates a workspace with its first administrator in one transaction, because nobody could sign in to one without. */
export async function createWorkspace(
  name: string,
  administrator: Omit<AddPersonInput, 'role'>,
): Promise<Result<{ workspaceId: string }>> {
  const workspaceId = newId()
  const passwordHash = administrator.password === undefined ? null : await hashPassword(administrator.password)
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    await tx.workspace.create({ data: { id: workspaceId, name } })
    await recordAudit(tx, commandLine(workspaceId), {
      action: 'create_workspace',
      objectType: 'workspace',
      objectId: workspaceId,
      objectName: name,
    })
    await joinWorkspace(
      tx,
      { email: administrator.email, role: 'administrator', newPerson: newPersonOf(administrator, passwordHash) },
      { workspaceId, action: 'add_person', actorOf: () => commandLine(workspaceId) },
    )
    return succeed({ workspaceId })
  })
}
