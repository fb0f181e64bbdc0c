import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import type { Context } from '@/lib/operations/operation'
import { waitingLink } from './links/link-settings'
import { openSettings } from './pending-settings'
import { waitingHours, waitingSince } from './waiting-time'

export type InstanceKey = { id: string; revision: number }

/**
 * The latest authorisation that this person began whose values are still stored. They are deleted when the person has
 * saved or discarded them, or began another. Another person's authorisation supersedes it, but deletes nothing.
 */
export async function latestWaiting({ actor, db }: Context, instanceId: string) {
  if (actor.kind !== 'person') return null
  return db.pendingAuthorisation.findFirst({
    where: {
      instanceId,
      userId: actor.userId,
      createdAt: { gt: waitingSince(new Date()) },
      sealedSettings: { not: '' },
    },
    orderBy: { createdAt: 'desc' },
    select: { id: true, state: true, createdAt: true, expiresAt: true, sealedSettings: true, instanceRevision: true },
  })
}

/** The same, unless the instance was changed since: then the person has to choose first (overtaken.ts). */
async function latestPending(context: Context, { id, revision }: InstanceKey) {
  const pending = await latestWaiting(context, id)
  return pending?.instanceRevision === revision ? pending : null
}

export const noLongerStored = `Your new values are no longer stored: they expire after ${waitingHours} hours, or when the instance is changed. Enter them again.`

/**
 * The settings that are still pending, for authorising again without typing the secrets again. Those of a program wait
 * with its link.
 */
export async function reusableSettings(context: Context, instance: InstanceKey): Promise<Result<InstanceSettings>> {
  if (context.actor.kind === 'api_key') {
    const sent = await waitingLink(context, instance)
    return sent ? succeed(sent.settings) : refuse('state_expired', noLongerStored)
  }
  const pending = await latestPending(context, instance)
  if (!pending) return refuse('state_expired', noLongerStored)
  return succeed(openSettings(context.workspaceId, pending))
}

/**
 * Ends an instance's pending authorisations, of which only one is live at a time, and deletes what this person typed for
 * them. What others typed stays for them. The rows stay for a while, so that a late callback gets the right page.
 */
export async function endPending(tx: WorkspaceTransaction, instanceId: string, userId: string): Promise<void> {
  await tx.pendingAuthorisation.updateMany({
    where: { instanceId, state: 'live' },
    data: { state: 'superseded', endedAt: new Date(), sealedVerifier: null },
  })
  await forgetTyped(tx, instanceId, userId)
}

/**
 * After a person's own save, or when they discard what they typed: nothing of it waits any more, and their callback is
 * not used. Another person's authorisation continues.
 * @returns how many authorisations this concerned
 */
export async function endOwnPending(tx: WorkspaceTransaction, instanceId: string, userId: string): Promise<number> {
  const ended = await tx.pendingAuthorisation.updateMany({
    where: { instanceId, userId, state: 'live' },
    data: { state: 'superseded', endedAt: new Date() },
  })
  return Math.max(ended.count, await forgetTyped(tx, instanceId, userId))
}

/** Deletes the sealed values of this person, and the verifiers. */
export async function forgetTyped(tx: WorkspaceTransaction, instanceId: string, userId: string): Promise<number> {
  const { count } = await tx.pendingAuthorisation.updateMany({
    where: { instanceId, userId, NOT: { sealedSettings: '' } },
    data: { sealedSettings: '', sealedVerifier: null },
  })
  return count
}
