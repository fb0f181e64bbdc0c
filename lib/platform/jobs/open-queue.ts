import 'server-only'
import { showQueues } from '@/lib/platform/metrics'
import { connectQueue } from './connect-queue'
import type { Job } from './job'
import { closeSending } from './send-job'

/** Shorter than the time limit for the last work of the server. */
const stopMs = 1_500

/**
 * Opens the queue for a process that only sends jobs, such as the app: workers do them.
 * @returns a function that closes it
 */
export async function openQueue(jobs: readonly Job[]): Promise<() => Promise<void>> {
  const boss = await connectQueue(jobs, { works: false })
  showQueues(() => boss.getQueues(jobs.map(({ name }) => name)))
  return () => {
    closeSending()
    return boss.stop({ timeout: stopMs })
  }
}
