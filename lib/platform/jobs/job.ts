import 'server-only'
import { z } from 'zod'

/** Background work: declared here, one file for each job, and registered by the worker. The queue knows no slice. */

export type Job = {
  name: string
  schedule: string | null
  /** @throws if the payload is invalid or the work fails; the queue then retries. */
  run: (payload: unknown, now: Date) => Promise<void>
}

type JobDefinition<Payload extends z.ZodType> = {
  /** Of the queue, `verb-noun`. */
  name: string
  /** Closed. What the job is sent with. */
  payload: Payload
  /** Cron, in UTC. Such a job takes no payload. */
  schedule?: string
  handle: (payload: z.output<Payload>, now: Date) => Promise<unknown>
}

/** Of a job that takes nothing. */
export const noPayload = z.strictObject({})

export function job<Payload extends z.ZodType>({ name, payload, schedule, handle }: JobDefinition<Payload>): Job {
  return {
    name,
    schedule: schedule ?? null,
    run: async (given, now) => {
      await handle(payload.parse(given ?? {}), now)
    },
  }
}
