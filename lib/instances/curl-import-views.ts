import { z } from 'zod'

/** A connector from a curl command. */
export const curlImport = z.strictObject({
  id: z.uuid(),
  /** Null: no instance was added. */
  instanceId: z.uuid().nullable(),
  verified: z.boolean(),
  /** Why there is no instance although one was asked for, or what failed after it was stored. */
  problem: z.string().nullable(),
})
export type CurlImport = z.infer<typeof curlImport>
