import { z } from 'zod'

/** Which of the first steps have been done. */
export const firstSteps = z.strictObject({
  connector: z.boolean(),
  instance: z.boolean(),
  /** A request that succeeded. */
  call: z.boolean(),
  /** A connector that this person described. */
  ownConnector: z.boolean(),
})
export type FirstSteps = z.infer<typeof firstSteps>
