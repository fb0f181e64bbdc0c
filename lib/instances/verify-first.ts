import 'server-only'
import type { PermittedActor } from '@/lib/domain/access/actor'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { CredentialDraft } from '@/lib/credentials/credentials'
import { verifyDraft } from '@/lib/verification/verify'
import type { VerificationReport } from '@/lib/verification/verification-report'

export type Verified = { report: VerificationReport; mayStore: boolean }

/**
 * Rule R6: rejected credentials are never stored. If they could not be verified, a person may store them anyway. They
 * are verified again at that moment, so that no client can skip a rejection.
 */
export async function verifyFirst(
  actor: PermittedActor,
  draft: CredentialDraft,
  withoutVerifying: boolean,
): Promise<Result<Verified>> {
  const report = await verifyDraft(actor, draft)
  if (!report.ok && report.error.code === 'disabled' && draft.instanceId !== null)
    return succeed({ report: notSent(report.error), mayStore: withoutVerifying })
  if (!report.ok) return report
  const { outcome } = report.value
  return succeed({
    report: report.value,
    mayStore: outcome === 'accepted' || (outcome !== 'rejected' && withoutVerifying),
  })
}

/**
 * New credentials of a disabled instance can be stored before it is enabled, but not verified, because nothing is sent.
 */
function notSent({ message }: Refusal): VerificationReport {
  return { outcome: 'could_not_tell', step: 'building', status: null, message, durationMs: 0 }
}
