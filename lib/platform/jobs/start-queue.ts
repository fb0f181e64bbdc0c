import 'server-only'
import { PgBoss } from 'pg-boss'
import { keyNames } from '@/lib/platform/crypto/seal'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'
import { showQueues } from '@/lib/platform/metrics'
import type { Job } from './job'
import { jobsConnection } from './jobs-connection'
import { closeSending, openSending } from './send-job'

/** Shorter than the time limit for the last work of the server. */
const stopMs = 1_500

/**
 * Starts working on the queue in Postgres. Each job is given to one process; if that process dies, another one gets the
 * job. A scheduled job also runs once at start, so that a server that was off for days catches up.
 * @returns a function that stops the work of this process and returns unfinished jobs to the queue
 */
export async function startQueue(jobs: readonly Job[]): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    application_name: `${jobsConnection}${keyNames().sealing}`,
    max: 2,
    schema: 'pgboss',
  })
  boss.on('error', (error) => logger().error({ error }, 'the job queue had a fault'))
  await boss.start()
  for (const job of jobs) await offer(boss, job)
  showQueues(() => boss.getQueues(jobs.map(({ name }) => name)))
  openSending((name, payload, key) => boss.send(name, payload, { singletonKey: key }))
  return () => {
    closeSending()
    return boss.stop({ timeout: stopMs })
  }
}

/** A process that dies is noticed after this many seconds, and another one gets its jobs. */
const heartbeatSeconds = 10

/** The policy `exclusive` means: one at a time for each key, or, without keys, for the queue. */
async function offer(boss: PgBoss, { name, schedule, atOnce, run }: Job): Promise<void> {
  await boss.createQueue(name, {
    policy: 'exclusive',
    retryLimit: 2,
    expireInSeconds: atOnce > 1 ? 3600 : 600,
    deleteAfterSeconds: 24 * 60 * 60,
    ...(atOnce > 1 && { heartbeatSeconds }),
  })
  const options = atOnce > 1 ? { localConcurrency: atOnce, pollingIntervalSeconds: 1 } : {}
  await boss.work(name, options, async (sent) => {
    for (const { data } of sent) await run(data, new Date())
  })
  if (schedule === null) return
  await boss.schedule(name, schedule)
  await boss.send(name)
}
