import { z } from 'zod'

export const retryAuthorisationSchema = z.strictObject({ instanceId: z.uuid() })
