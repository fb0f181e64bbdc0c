import { z } from 'zod'
import { line } from '@/lib/platform/forms/text-schema'

export const confirmOriginSchema = z.strictObject({ connectorId: z.uuid(), origin: line(300).min(1) })
export type ConfirmOrigin = z.infer<typeof confirmOriginSchema>
