import { z } from 'zod'
import { httpMethods } from '@/lib/domain/vocabulary'
import { instanceOption, shapeFilter, shapeVariable } from '@/lib/flows/shape-views'

/** An instance that can be tried. */
export const trialInstance = instanceOption.extend({ methodId: z.uuid() })
export type TrialInstance = z.infer<typeof trialInstance>

/** An endpoint as *Try it* asks for its values. */
export const trialEndpoint = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  httpMethod: z.enum(httpMethods),
  variables: z.array(shapeVariable),
  filters: z.array(shapeFilter),
  /** Of the test request that does the same; null where the endpoint needs more than credentials. */
  testUrl: z.string().nullable(),
})
export type TrialEndpoint = z.infer<typeof trialEndpoint>
