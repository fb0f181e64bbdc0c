import 'server-only'
import { userIdOf } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { connected, writeHealth } from '@/lib/health/write-health'
import { applyInstanceSettings } from '@/lib/credentials/apply-instance-settings'
import { storeGrant, type Granted } from '@/lib/tokens/store-grant'
import type { Context } from '@/lib/operations/operation'
import type { Pending } from './find-pending'
import { endLink } from './links/end-link'
import { forgetTyped } from './pending'
import { openSettings } from './pending-settings'

/** Settings, tokens, stored response values and status change together or not at all. */
export function applyAuthorisation(
  { actor, workspaceId, transaction, audit }: Context,
  pending: Pending,
  granted: Granted,
): Promise<Result<null>> {
  const { instanceId, instanceRevision } = pending
  const { obtainedAt, lookupProblem } = granted
  const settings = openSettings(workspaceId, pending)
  return transaction(async (tx) => {
    const applied = await applyInstanceSettings(tx, actor, { instanceId, baseRevision: instanceRevision }, settings)
    if (!applied.ok) return applied
    const grant = await storeGrant(tx, { workspaceId, instanceId }, granted)
    const verification = {
      outcome: 'accepted',
      step: 'getting_token',
      status: 200,
      message: 'Authorised at the third party.',
    }
    await writeHealth(tx, { workspaceId, instanceId }, { ...connected, reason: lookupProblem ?? '' })
    await tx.instance.updateMany({
      where: { id: instanceId },
      data: { lastVerifiedAt: obtainedAt, lastVerifiedById: userIdOf(actor), lastVerification: verification },
    })
    await forgetTyped(tx, instanceId, pending.userId)
    await endLink(tx, pending.linkId, { state: 'succeeded' })
    await audit(tx, {
      action: 'authorise_instance',
      objectType: 'authorisation',
      objectId: instanceId,
      objectName: settings.name,
      changes: [{ field: 'tokens', how: grant }],
    })
    return succeed(null)
  })
}
