import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { connected, writeHealth } from '@/lib/health/write-health'
import { Prisma } from '@/lib/platform/db/generated/client'
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

/**
 * What a verification found, in the transaction of the save or by itself. Health is apart from the settings: their
 * revision is not touched (DATA §7).
 */
export async function recordVerification(
  tx: WorkspaceTransaction,
  actor: Actor,
  instanceId: string,
  report: VerificationReport,
  occasion: VerificationOccasion,
): Promise<void> {
  const { outcome, step, status, message } = report
  await tx.instance.updateMany({
    where: { id: instanceId },
    data: {
      lastVerifiedAt: new Date(),
      lastVerifiedById: userIdOf(actor),
      lastVerification: { outcome, step, status, message },
    },
  })
  const next = statusAfter[outcome][occasion]
  if (next === null) return
  const instanceRef = { workspaceId: actor.workspaceId, instanceId }
  if (next === 'connected') return void (await writeHealth(tx, instanceRef, connected))
  const cause = step === 'getting_token' ? step : 'test_request'
  const health = { status: next, reason: message, cause: next === 'failing' ? cause : null } as const
  await writeHealth(tx, instanceRef, health, next === 'failing' ? saysNoMore : undefined)
}

/** Where the refresh has just found the grant dead, its status and reason say more than *Failing*. */
const saysNoMore = Prisma.sql`i."status" <> 'needs_authorising_again'`
