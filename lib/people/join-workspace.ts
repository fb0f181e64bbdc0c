import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import type { Role } from '@/lib/domain/access/roles'
import { fact } from '@/lib/domain/history/compare-values'
import { foldName } from '@/lib/domain/names'
import { recordAudit } from '@/lib/platform/audit/record'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { ofPerson } from './membership'

type Joining = {
  email: string
  role: Role
  /**
   * The person to create if nobody has this email. A person who is already in another workspace keeps their name and
   * password. Without a password, they sign in through single sign-on only.
   */
  newPerson?: { name: string; passwordHash: string | null }
}

/**
 * Adds a person to the workspace of the transaction, and creates the person if nobody has this email.
 * @param actorOf who does it; a person who accepts an invitation exists only from here on
 */
export async function joinWorkspace(
  tx: WorkspaceTransaction,
  { email, role, newPerson }: Joining,
  {
    workspaceId,
    action,
    actorOf,
  }: { workspaceId: string; action: string; actorOf: (userId: string, name: string) => Actor },
): Promise<{ id: string; name: string }> {
  const known = await tx.user.findUnique({ where: { email }, select: { id: true, name: true } })
  if (!known && !newPerson) throw new Error('a new person needs a name')
  const person = known ?? (await tx.user.create({ data: { email, ...newPerson! }, select: { id: true, name: true } }))
  const foldedName = foldName(person.name)
  await tx.membership.create({ data: { workspaceId, userId: person.id, role, foldedName } })
  await recordAudit(tx, actorOf(person.id, person.name), { action, ...ofPerson(person), changes: fact('role', role) })
  return person
}
