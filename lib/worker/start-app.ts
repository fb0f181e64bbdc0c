import 'server-only'
import { env } from '@/lib/platform/env'
import { currentNetwork } from '@/lib/platform/http/network'
import { logger } from '@/lib/platform/log/logger'
import { startJobs } from './start-jobs'

/** A wrong environment stops the process here, with every wrong variable named; the jobs do not hold up the first page. */
export function startApp(): void {
  currentNetwork()
  logger().debug({ appUrl: env().APP_URL }, 'the app starts')
  startJobs().catch((error: unknown) =>
    logger().error({ error }, 'the jobs did not start; the app runs without its clean-up until it is started again'),
  )
}
