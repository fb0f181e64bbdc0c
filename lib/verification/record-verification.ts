import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import type { InstanceStatus } from '@/lib/domain/vocabulary'
import type { VerificationReport } from './verification-report'

/** After a save a doubt means *Not verified*; a *Check now* in doubt leaves the status as it was. */
export type VerificationOccasion = 'save' | 'check'

const statusAfter: Record<VerificationReport['outcome'], Record<VerificationOccasion, InstanceStatus | null>> = {
  accepted: { save: 'connected', check: 'connected' },
  rejected: { save: 'failing', check: 'failing' },
  could_not_tell: { save: 'not_verified', check: null },
  nothing_to_verify: { save: 'not_verified', check: null },
}

/** Health is apart from the settings: their revision is not touched (DATA §7). */
export async function recordVerification(
  tx: WorkspaceTransaction,
  actor: Actor,
  instanceId: string,
  report: VerificationReport,
  occasion: VerificationOccasion,
): Promise<void> {
  const { outcome, step, status, message } = report
  const now = new Date()
  const next = statusAfter[outcome][occasion]
  await tx.instance.updateMany({
    where: { id: instanceId },
    data: {
      lastVerifiedAt: now,
      lastVerifiedById: userIdOf(actor),
      lastVerification: { outcome, step, status, message },
    },
  })
  if (next === null) return
  // Where the refresh has just found the grant dead, its status and reason say more than *Failing*.
  await tx.instance.updateMany({
    where: { id: instanceId, status: { notIn: next === 'failing' ? ['needs_authorising_again', next] : [next] } },
    data: { status: next, statusSince: now },
  })
  await tx.instance.updateMany({
    where: { id: instanceId, status: next },
    data: { statusReason: next === 'connected' ? '' : message },
  })
}
