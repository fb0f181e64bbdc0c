import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { permit, type Actor, userIdOf } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { ConfirmOrigin } from './schema'

const gone = refuse(
  'not_found',
  'This address no longer waits for confirmation: the connector has changed. Reload the page.',
)

/** An administrator lets existing instances send their credentials to a new origin (DATA §6). */
export async function confirmOrigin(
  actor: Actor,
  { connectorId, origin }: ConfirmOrigin,
): Promise<Result<{ origin: string }>> {
  const allowed = permit(actor, 'administer')
  if (!allowed.ok) return allowed
  return commitUnlessRefused(workspaceDb(actor.workspaceId), async (tx) => {
    const connector = await tx.connector.findFirst({ where: { id: connectorId }, select: { name: true } })
    if (!connector) return gone
    const { count } = await tx.connectorOrigin.updateMany({
      where: { connectorId, origin, confirmedAt: null },
      data: { confirmedAt: new Date(), confirmedById: userIdOf(actor) },
    })
    if (count === 0) return gone
    await recordAudit(tx, actor, {
      action: 'confirm_origin',
      objectType: 'origin',
      objectId: connectorId,
      objectName: connector.name,
      changes: { origin },
    })
    return succeed({ origin })
  })
}
