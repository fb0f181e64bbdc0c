import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { connected, writeHealth } from '@/lib/health/write-health'
import { Prisma } from '@/lib/platform/db/generated/client'
import type { InstanceStatus } from '@/lib/domain/vocabulary'
import type { VerificationReport } from './verification-report'

/** An unclear result means *Not verified* after a save; after *Check now* it leaves the status unchanged. */
export type VerificationOccasion = 'save' | 'check'

const statusAfter: Record<VerificationReport['outcome'], Record<VerificationOccasion, InstanceStatus | null>> = {
  accepted: { save: 'connected', check: 'connected' },
  rejected: { save: 'failing', check: 'failing' },
  could_not_tell: { save: 'not_verified', check: null },
  nothing_to_verify: { save: 'not_verified', check: null },
}

/**
 * Records the result of a verification, in the transaction of the save or in one of its own. Health is separate from
 * the settings: their revision does not change (DATA §7).
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
  await writeHealth(tx, instanceRef, health, next === 'failing' ? unlessGrantIsDead : undefined)
}

/** If a refresh has just found that the grant is dead, that status and reason are more useful than *Failing*. */
const unlessGrantIsDead = Prisma.sql`i."status" <> 'needs_authorising_again'`
