import 'server-only'
import { systemDb } from '@/lib/platform/db/client'

export type QueueDepth = {
  name: string
  waiting: number
  running: number
  failed: number
  /** How long the oldest job that could run has been waiting; null if none is. */
  oldestSeconds: number | null
}

/**
 * What is in the queues. Waiting and running jobs are counted now, by the index of unfinished jobs; failed ones by the
 * workers, every second, because finished jobs may be many.
 */
export async function queueDepths(): Promise<QueueDepth[]> {
  const db = systemDb()
  const [installed] = await db.$queryRaw<{ is: boolean }[]>`SELECT to_regclass('pgboss.job') IS NOT NULL AS "is"`
  if (!installed?.is) return []
  return db.$queryRaw<QueueDepth[]>`
    SELECT q.name,
           count(*) FILTER (WHERE j.state < 'active')::int AS "waiting",
           count(*) FILTER (WHERE j.state = 'active')::int AS "running",
           q.failed_count::int AS "failed",
           floor(EXTRACT(EPOCH FROM now() - min(j.start_after) FILTER (WHERE j.state < 'active' AND j.start_after <= now())))::int
             AS "oldestSeconds"
    FROM pgboss.queue q LEFT JOIN pgboss.job j ON j.name = q.name AND j.state < 'completed'
    WHERE NOT starts_with(q.name, '__pgboss')
    GROUP BY q.name, q.failed_count ORDER BY q.name`
}
