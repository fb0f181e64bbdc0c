import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { createPartitions, dropBefore, type DailyTable } from '@/lib/platform/db/partitions'
import { job, noPayload } from '@/lib/platform/jobs/job'
import { deleteOldCounters } from '@/lib/platform/session/throttle'

const hourMs = 60 * 60 * 1_000
const dayMs = 24 * hourMs
const daysAhead = 3
/** After the end that a session was given when it began. Until then it can be looked up where somebody signed in from. */
const sessionsKeptMs = 30 * dayMs

/** Long enough to see how often an instance fails. */
const statusChangesKeptMs = 90 * dayMs

/** How long the request log is kept: bodies may hold customers' data and go sooner. */
const keptMs: Record<DailyTable, number> = { RequestLog: 7 * dayMs, RequestLogBody: 72 * hourMs }

/**
 * The request log's old days go, the coming ones are made, and what old sign-in attempts, sessions and killed processes
 * left goes.
 */
export async function cleanUp(now: Date): Promise<void> {
  for (const table of ['RequestLog', 'RequestLogBody'] as const) {
    await createPartitions(table, now, daysAhead)
    await dropBefore(table, new Date(now.getTime() - keptMs[table]))
  }
  await deleteOldCounters(now)
  await systemDb().session.deleteMany({ where: { endsAt: { lt: new Date(now.getTime() - sessionsKeptMs) } } })
  await systemDb().instanceStatusChange.deleteMany({
    where: { at: { lt: new Date(now.getTime() - statusChangesKeptMs) } },
  })
  // An hour, so that a process whose clock is ahead takes nobody's turn away.
  await systemDb().requestTurn.deleteMany({ where: { until: { lt: new Date(now.getTime() - hourMs) } } })
}

/** Hourly. */
export const cleanUpJob = job({
  name: 'clean-up',
  schedule: '7 * * * *',
  payload: noPayload,
  handle: (_payload, now) => cleanUp(now),
})
