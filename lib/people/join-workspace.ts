import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { auditPerson } from './membership'
import type { AddMemberInput } from './schema'

/** Adds a person, who keeps their name and password if they are already in another workspace. */
export async function joinWorkspace(
  tx: WorkspaceTransaction,
  workspaceId: string,
  input: AddMemberInput,
  passwordHash: string | null,
): Promise<void> {
  const known = await tx.user.findUnique({ where: { email: input.email }, select: { id: true, name: true } })
  const user = known ?? (await tx.user.create({ data: newUser(input, passwordHash), select: { id: true, name: true } }))
  await tx.membership.create({ data: { workspaceId, userId: user.id, role: input.role } })
  await auditPerson(tx, workspaceId, 'add_member', user, fact('role', input.role))
}

function newUser({ email, name }: AddMemberInput, passwordHash: string | null) {
  if (passwordHash === null) throw new Error('a new person needs a password')
  return { email, name: name ?? email.split('@')[0]!, passwordHash }
}
