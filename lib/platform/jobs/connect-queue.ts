import 'server-only'
import { PgBoss } from 'pg-boss'
import { keyNames } from '@/lib/platform/crypto/seal'
import { idleTransactionMs } from '@/lib/platform/db/idle-transaction'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'
import type { Job } from './job'
import { jobsConnection } from './jobs-connection'
import { openSending } from './send-job'

/** A process that dies is noticed after this many seconds, and another one gets its jobs. */
const heartbeatSeconds = 10
/** How often the queue looks for such jobs, counts, and reads its queues. */
const lookEverySeconds = 1
/**
 * An idle connection is closed after ten seconds. This query keeps one open, because it says which key the process
 * seals with.
 */
const readQueuesEverySeconds = 5

type Kind = {
  /** Whether the process also runs jobs. One that only sends them leaves schedules and lost jobs to the workers. */
  works: boolean
}

/** Opens the queue in Postgres for this process, which can then send jobs. */
export async function connectQueue(jobs: readonly Job[], { works }: Kind): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    application_name: `${jobsConnection}${keyNames().sealing}`,
    options: `-c idle_in_transaction_session_timeout=${idleTransactionMs}`,
    max: works ? 4 : 2,
    schema: 'pgboss',
    supervise: works,
    schedule: works,
    superviseIntervalSeconds: lookEverySeconds,
    monitorIntervalSeconds: lookEverySeconds,
    queueCacheIntervalSeconds: readQueuesEverySeconds,
    // Workers have rows of their own.
    registerInstance: false,
  })
  boss.on('error', (error) => logger().error({ error }, 'the job queue had a fault'))
  await boss.start()
  for (const { name, atOnce } of jobs) await offer(boss, name, atOnce)
  openSending((name, payload, key) => boss.send(name, payload, { singletonKey: key }))
  return boss
}

/** The policy `exclusive` means: one at a time for each key, or, without keys, for the queue. */
async function offer(boss: PgBoss, name: string, atOnce: number): Promise<void> {
  const options = {
    retryLimit: 2,
    expireInSeconds: atOnce > 1 ? 3600 : 600,
    deleteAfterSeconds: 24 * 60 * 60,
    heartbeatSeconds,
  }
  await boss.createQueue(name, { policy: 'exclusive', ...options })
  // An earlier version may have created it with other options.
  await boss.updateQueue(name, options)
}
