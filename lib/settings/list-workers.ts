import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { workerState } from '@/lib/domain/worker-state'
import { noInput } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { systemDb } from '@/lib/platform/db/client'
import { databaseNow } from '@/lib/platform/db/database-now'
import { queueDepths } from '@/lib/platform/jobs/queue-depths'
import { version } from '@/lib/platform/version'
import { workersView } from './worker-views'

/** An installation has a few; more would be a fault. */
const mostWorkers = 100

const runningJobs = z.record(z.string(), z.int())

/** The workers of this installation, and what waits for them. */
export const listWorkers = operation({
  name: 'list_workers',
  permission: 'administer',
  input: noInput,
  output: workersView,
  run: async () => {
    const [rows, now, depths] = await Promise.all([
      systemDb().worker.findMany({ orderBy: [{ startedAt: 'asc' }, { id: 'asc' }], take: mostWorkers }),
      databaseNow(),
      queueDepths(),
    ])
    return succeed({
      version,
      workers: rows.map(({ stopping, running, startedAt, seenAt, ...row }) => ({
        ...row,
        startedAt: startedAt.toISOString(),
        seenAt: seenAt.toISOString(),
        state: workerState({ stopping, seenAt }, now),
        running: Object.entries(runningJobs.parse(running)).map(([job, count]) => ({ job, count })),
      })),
      queues: depths.map(({ name, ...depth }) => ({ job: name, ...depth })),
    })
  },
})
