import { z } from 'zod'
import { workerStates } from '@/lib/domain/worker-state'

const count = z.int().min(0)

export const workersView = z.strictObject({
  /** Of the app that responds. */
  version: z.string(),
  workers: z.array(
    z.strictObject({
      id: z.uuid(),
      /** `silent`: it has not reported itself for 15 seconds. */
      state: z.enum(workerStates),
      hostName: z.string(),
      processId: z.int(),
      version: z.string(),
      startedAt: z.string(),
      seenAt: z.string(),
      running: z.array(z.strictObject({ job: z.string(), count })),
      /** Jobs since it started. */
      done: count,
      failed: count,
    }),
  ),
  queues: z.array(
    z.strictObject({
      job: z.string(),
      waiting: count,
      running: count,
      /** In the last 24 hours, after all retries. */
      failed: count,
      /** How long the oldest waiting job has been waiting. */
      oldestSeconds: count.nullable(),
    }),
  ),
})
export type WorkersView = z.infer<typeof workersView>
