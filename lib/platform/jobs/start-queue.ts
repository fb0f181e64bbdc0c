import 'server-only'
import type { PgBoss } from 'pg-boss'
import { connectQueue } from './connect-queue'
import type { Job } from './job'
import { JobActivity } from './job-activity'
import { closeSending } from './send-job'

/** The time that running jobs get to finish when the process stops. */
export const finishMs = 30_000

export type WorkingQueue = {
  activity: JobActivity
  /** Takes no further job, waits for the running ones, and returns those that are not finished in time to the queue. */
  stop: (timeoutMs?: number) => Promise<void>
}

/**
 * Starts working on the queue in Postgres. Each job is given to one process; if that process dies, another one gets the
 * job. A scheduled job also runs once at start, so that an installation that was off for days catches up.
 */
export async function startQueue(jobs: readonly Job[]): Promise<WorkingQueue> {
  const boss = await connectQueue(jobs, { works: true })
  const activity = new JobActivity()
  for (const job of jobs) await work(boss, activity, job)
  return {
    activity,
    stop: async (timeout = finishMs) => {
      await boss.stop({ timeout })
      closeSending()
    },
  }
}

async function work(boss: PgBoss, activity: JobActivity, { name, schedule, atOnce, run }: Job): Promise<void> {
  const options = atOnce > 1 ? { localConcurrency: atOnce, pollingIntervalSeconds: 1 } : {}
  await boss.work(name, options, async (sent) => {
    for (const { data } of sent) await activity.during(name, () => run(data, new Date()))
  })
  if (schedule === null) return
  await boss.schedule(name, schedule)
  await boss.send(name)
}
