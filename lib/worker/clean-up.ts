import 'server-only'
import { sessionDays, statusChangeDays } from '@/lib/domain/retention'
import { deleteOldIdempotencyKeys } from '@/lib/api/delete-old-idempotency-keys'
import { deleteOldImports } from '@/lib/imports/jobs/delete-old-imports'
import { systemDb } from '@/lib/platform/db/client'
import { job, noPayload } from '@/lib/platform/jobs/job'
import { deleteOldCounters } from '@/lib/platform/session/throttle'
import { deleteOldRequests } from '@/lib/request-log/delete-old-requests'

const hourMs = 60 * 60 * 1_000
const dayMs = 24 * hourMs
/**
 * Creates the request log's partitions for the coming days, and deletes old requests, sign-in attempts, sessions, changes
 * of status, idempotency keys, imports and their sources, turns of killed processes, and workers that have ended without a word.
 */
export async function cleanUp(now: Date): Promise<void> {
  await deleteOldRequests(now)
  await deleteOldCounters(now)
  await systemDb().session.deleteMany({ where: { endsAt: { lt: new Date(now.getTime() - sessionDays * dayMs) } } })
  await systemDb().instanceStatusChange.deleteMany({
    where: { at: { lt: new Date(now.getTime() - statusChangeDays * dayMs) } },
  })
  await deleteOldIdempotencyKeys(now)
  await deleteOldImports(now)
  // An hour later, so that a process whose clock is ahead deletes no valid turn and no worker that runs.
  const hourAgo = new Date(now.getTime() - hourMs)
  await systemDb().worker.deleteMany({ where: { seenAt: { lt: hourAgo } } })
  await systemDb().requestTurn.deleteMany({ where: { until: { lt: hourAgo } } })
}

/** Hourly. */
export const cleanUpJob = job({
  name: 'clean-up',
  schedule: '7 * * * *',
  payload: noPayload,
  handle: (_payload, now) => cleanUp(now),
})
