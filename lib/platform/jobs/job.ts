import 'server-only'
import { z } from 'zod'

/**
 * Background work. Each job is declared in its own file and registered by the worker; the queue imports none of them.
 */

export type Job = {
  name: string
  schedule: string | null
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
  handle: (payload: z.output<Payload>, now: Date) => Promise<unknown>
}

/** The payload of a job that takes none. */
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
