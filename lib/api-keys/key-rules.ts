import 'server-only'
import { userIdOf, type PermittedActor } from '@/lib/domain/access/actor'
import { grantRole, lowerRole } from '@/lib/domain/access/api-keys'
import type { Role } from '@/lib/domain/access/roles'
import { notAllowed } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

/** What is checked when a key is created or changed, with the rows as they are then. */

/**
 * The person responsible for the actor, who may give the role. Their role is read again and cannot change until this
 * transaction ends: a removal or another role waits, or was first and is seen here.
 */
export async function grantingPerson(
  actor: PermittedActor,
  tx: WorkspaceTransaction,
  role: Role,
): Promise<Result<{ userId: string }>> {
  const userId = userIdOf(actor)
  if (userId === null)
    return refuse('not_allowed', 'An API key belongs to a person. Create it in the settings, signed in as its owner.')
  const [member] = await tx.$queryRaw<{ role: Role }[]>`
    SELECT "role"::text AS "role" FROM "Membership"
    WHERE "workspaceId" = ${actor.workspaceId}::uuid AND "userId" = ${userId}::uuid FOR SHARE`
  if (!member) return notAllowed()
  const own = 'role' in actor ? lowerRole(actor.role, member.role) : member.role
  const granted = grantRole(own, role)
  return granted.ok ? succeed({ userId }) : granted
}
