import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { waitingSince } from './waiting-time'
import { job, noPayload } from '@/lib/platform/jobs/job'

/** Rows without secrets stay this long, so that a late callback is told "expired" rather than "unknown". */
const rememberedHours = 48

/**
 * Wipes the verifier after its ten minutes and what was typed after a day, and forgets what is old. How many rows were
 * touched.
 */
export async function sweepPendingAuthorisations(now: Date): Promise<number> {
  const { count: ended } = await systemDb().pendingAuthorisation.updateMany({
    where: { expiresAt: { lte: now }, NOT: { sealedVerifier: null } },
    data: { sealedVerifier: null },
  })
  const { count: wiped } = await systemDb().pendingAuthorisation.updateMany({
    where: { expiresAt: { lte: now }, createdAt: { lte: waitingSince(now) }, NOT: { sealedSettings: '' } },
    data: { sealedSettings: '' },
  })
  const { count: forgotten } = await systemDb().pendingAuthorisation.deleteMany({
    where: { expiresAt: { lte: new Date(now.getTime() - rememberedHours * 3_600_000) } },
  })
  return ended + wiped + forgotten
}

/** Every minute. */
export const sweepPendingAuthorisationsJob = job({
  name: 'sweep-pending-authorisations',
  schedule: '* * * * *',
  payload: noPayload,
  handle: (_payload, now) => sweepPendingAuthorisations(now),
})
