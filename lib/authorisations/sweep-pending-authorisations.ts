import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { waitingSince } from './waiting-time'
import { job, noPayload } from '@/lib/platform/jobs/job'

/** Rows without secrets are stored this long, so that a late callback is “expired” rather than “unknown”. */
const retentionHours = 48

/**
 * Deletes the verifier after ten minutes, the typed values after a day, and the rows after another day. The same for links:
 * until then a program that polls gets their outcome. Returns the number of rows changed.
 */
export async function sweepPendingAuthorisations(now: Date): Promise<number> {
  const { count: ended } = await systemDb().pendingAuthorisation.updateMany({
    where: { expiresAt: { lte: now }, NOT: { sealedVerifier: null } },
    data: { sealedVerifier: null },
  })
  const { count: wiped } = await systemDb().pendingAuthorisation.updateMany({
    where: unusedSettings(now),
    data: { sealedSettings: '' },
  })
  const { count: wipedLinks } = await systemDb().authorisationLink.updateMany({
    where: unusedSettings(now),
    data: { sealedSettings: '' },
  })
  const { count: forgotten } = await systemDb().pendingAuthorisation.deleteMany({ where: forgettable(now) })
  const { count: forgottenLinks } = await systemDb().authorisationLink.deleteMany({ where: forgettable(now) })
  return ended + wiped + wipedLinks + forgotten + forgottenLinks
}

function unusedSettings(now: Date) {
  return { expiresAt: { lte: now }, createdAt: { lte: waitingSince(now) }, NOT: { sealedSettings: '' } }
}

function forgettable(now: Date) {
  return { expiresAt: { lte: new Date(now.getTime() - retentionHours * 3_600_000) } }
}

/** Every minute. */
export const sweepPendingAuthorisationsJob = job({
  name: 'sweep-pending-authorisations',
  schedule: '* * * * *',
  payload: noPayload,
  handle: (_payload, now) => sweepPendingAuthorisations(now),
})
