import 'server-only'
import { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { fact } from '@/lib/domain/history/compare-values'
import { notAllowed, notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { findMember, isLastAdministrator, lastAdministrator, ofPerson } from './membership'
import { removePersonSchema } from './schema'

/**
 * Removes a person from the workspace, together with their sessions there. Each of their API keys is taken over by the
 * actor or revoked, in the same transaction (DATA §14). Deletes a person who is in no other workspace.
 */
export const removePerson = operation({
  name: 'remove_person',
  permission: 'administer',
  input: removePersonSchema,
  output: z.null(),
  run: async (context, { userId, takeOver }) => {
    const { workspaceId, transaction, audit } = context
    return transaction(async (tx) => {
      const member = await findMember(tx, { userId })
      if (!member) return notFound('person')
      if (await isLastAdministrator(tx, workspaceId, member)) return lastAdministrator(member)
      const newOwner = userIdOf(context.actor)
      if (takeOver.length > 0 && (newOwner === null || newOwner === userId))
        return refuse('invalid_input', 'Only another administrator can take over these keys.', 'takeOver')
      // Read after the lock: the actor may have been removed in the last moment.
      if (newOwner !== null && !(await findMember(tx, { userId: newOwner }))) return notAllowed()
      await settleKeys(context, tx, { from: userId, takeOver, newOwner })
      await tx.membership.deleteMany({ where: { userId } })
      await audit(tx, ofPerson(member))
      await tx.user.deleteMany({ where: { id: userId, memberships: { none: {} } } })
      return succeed(null)
    })
  },
})

type Keys = { from: string; takeOver: readonly string[]; newOwner: string | null }

/** Keys that were created after the actor looked at the list are revoked: nobody decided to keep them. */
async function settleKeys({ audit }: Context, tx: WorkspaceTransaction, { from, takeOver, newOwner }: Keys) {
  const keys = await tx.apiKey.findMany({
    where: { ownerId: from, revokedAt: null },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  })
  const taken = keys.filter(({ id }) => takeOver.includes(id))
  const revoked = keys.filter(({ id }) => !takeOver.includes(id))
  const idsOf = (some: typeof keys) => ({ id: { in: some.map(({ id }) => id) } })
  await tx.apiKey.updateMany({ where: idsOf(taken), data: { ownerId: newOwner } })
  await tx.apiKey.updateMany({ where: idsOf(revoked), data: { revokedAt: new Date() } })
  for (const { id, name } of keys)
    await audit(tx, {
      action: takeOver.includes(id) ? 'take_over_api_key' : 'revoke_api_key',
      objectType: 'api_key',
      objectId: id,
      objectName: name,
      changes: takeOver.includes(id) ? fact('owner', 'taken over') : [],
    })
}
