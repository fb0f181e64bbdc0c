import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import type { Context } from '@/lib/operations/operation'
import { openSettings } from './pending-settings'
import { waitingHours, waitingSince, waitsUntil } from './waiting-time'

/** An authorisation that a person has to confirm at the third party: which values are pending, never the values. */
export type PendingView = {
  /** Variables with a pending value. */
  variableIds: string[]
  certificate: boolean
  expiresAt: string
  /** False after it was denied, failed or took too long. The values can still be used to authorise again. */
  live: boolean
}

type InstanceKey = { id: string; revision: number }

/**
 * The latest authorisation that this person began whose values are still stored. They are deleted when they have been
 * applied.
 */
async function latestPending({ actor, db }: Context, { id, revision }: InstanceKey) {
  if (actor.kind !== 'person') return null
  return db.pendingAuthorisation.findFirst({
    where: {
      ...{
        instanceId: id,
        instanceRevision: revision,
        userId: actor.userId,
        createdAt: { gt: waitingSince(new Date()) },
      },
      ...{ state: { not: 'superseded' }, sealedSettings: { not: '' } },
    },
    orderBy: { createdAt: 'desc' },
    select: { id: true, state: true, createdAt: true, expiresAt: true, sealedSettings: true },
  })
}

export async function pendingFor(context: Context, instanceId: string): Promise<Result<PendingView | null>> {
  const { workspaceId, db } = context
  const instance = await db.instance.findFirst({
    where: { id: instanceId },
    select: { id: true, revision: true },
  })
  const pending = instance && (await latestPending(context, instance))
  if (!pending) return succeed(null)
  const settings = openSettings(workspaceId, pending)
  return succeed({
    variableIds: settings.values.map(({ variableId }) => variableId),
    certificate: settings.certificate.kind !== 'keep',
    expiresAt: waitsUntil(pending).toISOString(),
    live: pending.state === 'live' && pending.expiresAt > new Date(),
  })
}

/** The settings that are still pending, for authorising again without typing the secrets again. */
export async function reusableSettings(context: Context, instance: InstanceKey): Promise<Result<InstanceSettings>> {
  const pending = await latestPending(context, instance)
  if (!pending) {
    return refuse(
      'state_expired',
      `Your new values are no longer stored: they expire after ${waitingHours} hours, or when the instance is changed. Enter them again.`,
    )
  }
  return succeed(openSettings(context.workspaceId, pending))
}

/**
 * Ends an instance's pending authorisations and deletes their secrets. The rows stay for a while, so that a late
 * callback gets the right page.
 */
export async function endPending(
  tx: WorkspaceTransaction,
  instanceId: string,
  live: 'superseded' | 'consumed',
): Promise<number> {
  const ended = await tx.pendingAuthorisation.updateMany({
    where: { instanceId, state: 'live' },
    data: { state: live, endedAt: new Date() },
  })
  const wiped = await tx.pendingAuthorisation.updateMany({
    where: { instanceId, NOT: { sealedSettings: '' } },
    data: { sealedSettings: '', sealedVerifier: null },
  })
  return Math.max(ended.count, wiped.count)
}
