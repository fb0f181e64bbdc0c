import 'server-only'
import { workerState, workerStates, type WorkerState } from '@/lib/domain/worker-state'
import { systemDb } from '@/lib/platform/db/client'
import { databaseNow } from '@/lib/platform/db/database-now'

/** How many workers of the installation are in each state. */
export async function countWorkers(): Promise<Record<WorkerState, number>> {
  const [rows, now] = await Promise.all([
    systemDb().worker.findMany({ select: { seenAt: true, stopping: true } }),
    databaseNow(),
  ])
  const states = rows.map((row) => workerState(row, now))
  const counts = workerStates.map((state) => [state, states.filter((each) => each === state).length] as const)
  return Object.fromEntries(counts) as Record<WorkerState, number>
}
