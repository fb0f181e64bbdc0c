import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import type { Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed } from '@/lib/domain/result'
import { prepareRevocation, revokeTokens, type RevocationOutcome } from '@/lib/tokens/revoke-tokens'
import { causeOf } from '@/lib/exchange/request-context'
import { operation } from '@/lib/operations/operation'
import { deleteInstanceSchema } from './schema'
import { deletedInstance } from './views'
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
    const { actor } = context

    const prepared = await prepareRevocation(actor.workspaceId, instanceId)
    const removed = await remove(context, instanceId, (row) =>
      foldName(typedName) === foldName(row.name)
        ? succeed(null)
        : refuse('invalid_input', `Type “${row.name}” to delete it.`, 'typedName'),
    )
    if (!removed.ok) return removed
    const revocation = prepared && (await revokeTokens(prepared, causeOf(actor, 'Revoke')))
    if (revocation) await recordRevocation(actor, { id: instanceId, name: removed.value.name }, revocation)
    return succeed({ ...removed.value, revocation })
  },
})

async function recordRevocation(
  actor: Actor,
  { id, name }: { id: string; name: string },
  outcome: RevocationOutcome,
): Promise<void> {
  const tokens = outcome.revoked
    ? `revoked at ${outcome.host}`
    : `could not be revoked at ${outcome.host}: ${outcome.reason} Do it there by hand.`
  await workspaceDb(actor.workspaceId).$transaction((tx) =>
    recordAudit(tx, actor, {
      action: 'revoke_tokens',
      objectType: 'authorisation',
      objectId: id,
      objectName: name,
      changes: { tokens },
    }),
  )
}
