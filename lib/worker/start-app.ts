import 'server-only'
import { openCalls } from '@/lib/api/call/handle-call'
import { atEnd } from '@/lib/platform/at-end'
import { openDoor } from '@/lib/platform/door/door'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'
import { startQueue } from '@/lib/platform/jobs/start-queue'
import { jobs } from './jobs'

/**
 * Throws an error that names every wrong environment variable. The jobs start in the background, without delaying the
 * first page.
 */
export function startApp(): void {
  logger().debug({ appUrl: env().APP_URL }, 'the app starts')
  openDoor()
  openCalls()
  startQueue(jobs).then(
    (stop) => atEnd('job queue', stop),
    (error: unknown) =>
      logger().error({ error }, 'the jobs did not start; the app runs without clean-up until it is restarted'),
  )
}
