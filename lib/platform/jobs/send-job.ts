import 'server-only'
import { logger } from '@/lib/platform/log/logger'

type Send = (name: string, payload: object, key: string) => Promise<unknown>

// The queue of the process, which every bundle of the app has to find.
const holder = globalThis as { patchbaySendJob?: Send }

export function openSending(send: Send): void {
  holder.patchbaySendJob = send
}

export function closeSending(): void {
  delete holder.patchbaySendJob
}

/**
 * Sends a job to the queue. What there is to do is written in a table before, from which a scheduled job sends again
 * what was not done: so nothing is lost if the queue is not there, and sending twice does no harm.
 * @param key what the job is about: it has one job at a time
 */
export async function sendJob(name: string, payload: object, key: string): Promise<void> {
  try {
    await holder.patchbaySendJob?.(name, payload, key)
  } catch (error) {
    logger().warn({ error, job: name }, 'a job could not be sent; it is sent again within a minute')
  }
}
