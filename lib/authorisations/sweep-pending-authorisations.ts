import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { job, noPayload } from '@/lib/platform/jobs/job'

/** Rows without secrets stay this long, so that a late callback is told "expired" rather than "unknown". */
const rememberedHours = 24

/** Wipes what waited longer than its ten minutes, and forgets what is old. How many rows were touched. */
export async function sweepPendingAuthorisations(now: Date): Promise<number> {
  const { count: wiped } = await systemDb().pendingAuthorisation.updateMany({
    where: { expiresAt: { lte: now }, NOT: { sealedSettings: '' } },
    data: { sealedSettings: '', sealedVerifier: null },
  })
  const { count: forgotten } = await systemDb().pendingAuthorisation.deleteMany({
    where: { expiresAt: { lte: new Date(now.getTime() - rememberedHours * 3_600_000) } },
  })
  return wiped + forgotten
}

/** Every minute. */
export const sweepPendingAuthorisationsJob = job({
  name: 'sweep-pending-authorisations',
  schedule: '* * * * *',
  payload: noPayload,
  handle: (_payload, now) => sweepPendingAuthorisations(now),
})
