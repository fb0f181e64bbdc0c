import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { applyInstanceSettings } from '@/lib/credentials/apply-instance-settings'
import type { Granted } from '@/lib/tokens/store-grant'
import type { Pending } from './find-pending'
import { openSettings } from './pending-settings'
import { storeGrant } from '@/lib/tokens/store-grant'

/** Settings, tokens, kept values and status change together or not at all. */
export function applyAuthorisation(actor: Actor, pending: Pending, granted: Granted): Promise<Result<null>> {
  const { workspaceId, instanceId, instanceRevision } = pending
  const { obtainedAt, lookupProblem } = granted
  const settings = openSettings(workspaceId, pending.id, pending.sealedSettings)
  return commitUnlessRefused(workspaceDb(workspaceId), async (tx) => {
    const applied = await applyInstanceSettings(tx, actor, { instanceId, baseRevision: instanceRevision }, settings)
    if (!applied.ok) return applied
    const grant = await storeGrant(tx, { workspaceId, instanceId }, granted)
    const verification = {
      outcome: 'accepted',
      step: 'getting_token',
      status: 200,
      message: 'Authorised at the third party.',
    }
    const health = { status: 'connected', statusReason: lookupProblem ?? '', statusSince: obtainedAt } as const
    await tx.instance.updateMany({
      where: { id: instanceId },
      data: {
        ...health,
        lastVerifiedAt: obtainedAt,
        lastVerifiedById: userIdOf(actor),
        lastVerification: verification,
      },
    })
    await tx.pendingAuthorisation.updateMany({
      where: { instanceId },
      data: { sealedSettings: '', sealedVerifier: null },
    })
    await recordAudit(tx, actor, {
      action: 'authorise_instance',
      objectType: 'authorisation',
      objectId: instanceId,
      objectName: settings.name,
      changes: { tokens: grant },
    })
    return succeed(null)
  })
}
