import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { prepareRevocation, revokeTokens, type RevocationOutcome } from '@/lib/tokens/revoke-tokens'
import { mostWaitForTokenMs, notTheNewOne, takeToken } from '@/lib/tokens/take-token'
import { releaseLease } from '@/lib/tokens/token-lease'
import { revocationWords } from '@/lib/tokens/revoke-instance-tokens'
import { causeOf } from '@/lib/exchange/request-context'
import { operation, type Context } from '@/lib/operations/operation'
import { deleteInstanceSchema } from './schema'
import { deletedInstance } from './outcomes'
import { findRemovable, remove, type Row } from './remove-instance'

/**
 * Deletes an instance that no flow uses; the person types its name (rule R11). Its credentials are deleted with it.
 * Once the deletion is certain, its tokens are revoked at the third party; the result is reported, and a failure does
 * not undo the deletion. No token is refreshed in the meantime.
 */
export const deleteInstance = operation({
  name: 'delete_instance',
  permission: 'change',
  input: deleteInstanceSchema,
  output: deletedInstance,
  run: async (context, { instanceId, typedName }) => {
    const { actor, workspaceId, db } = context
    const nameIsTyped = (row: Row) =>
      foldName(typedName) === foldName(row.name)
        ? succeed(null)
        : refuse('invalid_input', `Type “${row.name}” to delete it.`, 'typedName')
    // What is refused anyway stops no refresh.
    const removable = await findRemovable(db, instanceId, nameIsTyped)
    if (!removable.ok) return removable
    const tokenRef = { workspaceId, instanceId, name: 'default' } as const
    const taken = await takeToken(tokenRef, performance.now() + mostWaitForTokenMs)
    try {
      const prepared = await prepareRevocation(workspaceId, instanceId)
      const removed = await remove(context, instanceId, nameIsTyped)
      if (!removed.ok) return removed
      const revoked = prepared && (await revokeTokens(prepared, causeOf(actor, 'Revoke')))
      const revocation = revoked && taken?.lease === null ? notTheNewOne(revoked) : revoked
      if (revocation) await recordRevocation(context, { id: instanceId, name: removed.value.name }, revocation)
      return succeed({ ...removed.value, revocation })
    } finally {
      if (taken?.lease) await releaseLease(taken.lease, false)
    }
  },
})

function recordRevocation(
  { transaction, audit }: Context,
  { id, name }: { id: string; name: string },
  outcome: RevocationOutcome,
): Promise<Result<null>> {
  return transaction(async (tx) => {
    await audit(tx, {
      action: 'revoke_tokens',
      objectType: 'authorisation',
      objectId: id,
      objectName: name,
      changes: fact('tokens', revocationWords(outcome)),
    })
    return succeed(null)
  })
}
