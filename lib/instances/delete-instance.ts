import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { prepareRevocation, revokeTokens, type RevocationOutcome } from '@/lib/tokens/revoke-tokens'
import { revocationWords } from '@/lib/tokens/revoke-instance-tokens'
import { causeOf } from '@/lib/exchange/request-context'
import { operation, type Context } from '@/lib/operations/operation'
import { deleteInstanceSchema } from './schema'
import { deletedInstance } from './outcomes'
import { remove } from './remove-instance'

/**
 * Deletes an instance that no flow uses; the person types its name (rule R11). Its credentials go with it, and the
 * third party is asked to end its tokens once the deletion is certain: what comes of that is told, and undoes nothing.
 */
export const deleteInstance = operation({
  name: 'delete_instance',
  permission: 'change',
  input: deleteInstanceSchema,
  output: deletedInstance,
  run: async (context, { instanceId, typedName }) => {
    const { actor, workspaceId } = context
    const prepared = await prepareRevocation(workspaceId, instanceId)
    const removed = await remove(context, instanceId, (row) =>
      foldName(typedName) === foldName(row.name)
        ? succeed(null)
        : refuse('invalid_input', `Type “${row.name}” to delete it.`, 'typedName'),
    )
    if (!removed.ok) return removed
    const revocation = prepared && (await revokeTokens(prepared, causeOf(actor, 'Revoke')))
    if (revocation) await recordRevocation(context, { id: instanceId, name: removed.value.name }, revocation)
    return succeed({ ...removed.value, revocation })
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
