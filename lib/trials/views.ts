import { z } from 'zod'
import { httpMethods } from '@/lib/domain/vocabulary'
import { instanceOption, shapeFilter, shapeVariable } from '@/lib/flows/shape-views'

/** An instance with which something can be tried. */
export const trialInstance = instanceOption.extend({ methodId: z.uuid() })
export type TrialInstance = z.infer<typeof trialInstance>

/** An endpoint with the fields of *Try it*. */
export const trialEndpoint = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  httpMethod: z.enum(httpMethods),
  variables: z.array(shapeVariable),
  filters: z.array(shapeFilter),
  /** The URL of a test request that does the same; null if the endpoint needs more than credentials. */
  testUrl: z.string().nullable(),
})
export type TrialEndpoint = z.infer<typeof trialEndpoint>
