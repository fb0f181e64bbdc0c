import 'server-only'
import { openCalls } from '@/lib/api/call/handle-call'
import { atEnd } from '@/lib/platform/at-end'
import { openDoor } from '@/lib/platform/door/door'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'
import { openQueue } from '@/lib/platform/jobs/open-queue'
import { showWorkers } from '@/lib/platform/metrics'
import { countWorkers } from './count-workers'
import { jobs } from './jobs'

/**
 * Throws an error that names every wrong environment variable. The queue, to which this process only sends jobs, is opened
 * in the background, without delaying the first page.
 */
export function startApp(): void {
  logger().debug({ appUrl: env().APP_URL }, 'the app starts')
  openDoor()
  openCalls()
  showWorkers(countWorkers)
  openQueue(jobs).then(
    (close) => atEnd('job queue', close),
    (error: unknown) =>
      logger().error({ error }, 'the job queue did not open; jobs of this process start a minute later'),
  )
}
