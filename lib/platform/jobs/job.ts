import 'server-only'
import { z } from 'zod'

/**
 * Background work. Each job is declared in its own file and registered by the worker; the queue imports none of them.
 */

export type Job = {
  name: string
  schedule: string | null
  /** How many one process does at the same time, each with a key of its own. */
  atOnce: number
  /** @throws if the payload is invalid or the work fails; the queue then retries. */
  run: (payload: unknown, now: Date) => Promise<void>
}

type JobDefinition<Payload extends z.ZodType> = {
  /** The name of the queue, `verb-noun`. */
  name: string
  /** The schema of the payload. Closed. */
  payload: Payload
  /** Cron, in UTC. Such a job takes no payload. */
  schedule?: string
  /** Default: 1. Such jobs are about different things, and sent with a key; each thing has one job at a time. */
  atOnce?: number
  handle: (payload: z.output<Payload>, now: Date) => Promise<unknown>
}

/** The payload of a job that takes none. */
export const noPayload = z.strictObject({})

export function job<Payload extends z.ZodType>({
  name,
  payload,
  schedule,
  atOnce = 1,
  handle,
}: JobDefinition<Payload>): Job {
  return {
    name,
    schedule: schedule ?? null,
    atOnce,
    run: async (given, now) => {
      await handle(payload.parse(given ?? {}), now)
    },
  }
}
