import 'server-only'
import { systemDb } from '@/lib/platform/db/client'

/** Rows without secrets stay this long, so that a late callback is told "expired" rather than "unknown". */
const rememberedHours = 24

/** For the clean-up job: wipes what waited longer than its ten minutes, and forgets what is old. How many rows were touched. */
export async function sweepPendingAuthorisations(now: Date = new Date()): Promise<number> {
  const { count: wiped } = await systemDb().pendingAuthorisation.updateMany({
    where: { expiresAt: { lte: now }, NOT: { sealedSettings: '' } },
    data: { sealedSettings: '', sealedVerifier: null },
  })
  const { count: forgotten } = await systemDb().pendingAuthorisation.deleteMany({
    where: { expiresAt: { lte: new Date(now.getTime() - rememberedHours * 3_600_000) } },
  })
  return wiped + forgotten
}
