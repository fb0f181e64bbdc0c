import 'server-only'
import { setPriority } from 'node:os'
import { finishWork } from '@/lib/platform/at-end'
import { startQueue } from '@/lib/platform/jobs/start-queue'
import { logger } from '@/lib/platform/log/logger'
import { jobs } from './jobs'
import { WorkerRow } from './worker-row'

/** Pages and calls go first. Processes that read imports have an even lower priority. */
const priority = 5

type Options = {
  /** Called when it works. */
  onReady?: () => void
}

/** Does background jobs until it is asked to stop, and then finishes what is running. */
export async function runWorker(stop: AbortSignal, { onReady }: Options = {}): Promise<void> {
  setPriority(priority)
  const queue = await startQueue(jobs)
  const row = new WorkerRow(queue.activity)
  onReady?.()
  await untilAborted(stop)
  const { running } = queue.activity
  if (Object.keys(running).length > 0) logger().info({ running }, 'the worker finishes its jobs before it stops')
  await Promise.all([row.stopping(), queue.stop()])
  await Promise.all([row.remove(), finishWork()])
}

function untilAborted(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve()
    stop.addEventListener('abort', () => resolve(), { once: true })
  })
}
