import 'server-only'
import { PgBoss } from 'pg-boss'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'
import { sweepPendingAuthorisations } from '@/lib/authorisations/sweep-pending-authorisations'
import { cleanUp } from './clean-up'
import { warnOfExpiringCertificates } from '@/lib/certificates/warn-of-expiring-certificates'

type Job = { name: string; cron: string; run: (now: Date) => Promise<unknown> }

const jobs: Job[] = [
  { name: 'clean-up', cron: '7 * * * *', run: cleanUp },
  { name: 'sweep-pending-authorisations', cron: '* * * * *', run: sweepPendingAuthorisations },
  { name: 'warn-of-expiring-certificates', cron: '23 4 * * *', run: warnOfExpiringCertificates },
]

/**
 * Takes part in the work on the queue in Postgres: of all processes one gets each job, and one that dies in a job leaves
 * it to the others. Each job also runs once at start, so that a server that was off for days catches up.
 */
export async function startJobs(): Promise<void> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    application_name: 'patchbay jobs',
    max: 2,
    schema: 'pgboss',
  })
  boss.on('error', (error) => logger().error({ error }, 'the job queue had a fault'))
  await boss.start()
  for (const job of jobs) await offer(boss, job)
}

async function offer(boss: PgBoss, { name, cron, run }: Job): Promise<void> {
  await boss.createQueue(name, {
    policy: 'exclusive',
    retryLimit: 2,
    expireInSeconds: 600,
    deleteAfterSeconds: 24 * 60 * 60,
  })
  await boss.work(name, async () => {
    await run(new Date())
  })
  await boss.schedule(name, cron)
  await boss.send(name)
}
