import { z } from 'zod'
import { idOf } from '@/lib/operations/input'
import { line } from '@/lib/domain/text-schema'

export const confirmOriginSchema = z.strictObject({ connectorId: idOf('connector'), origin: line(300).min(1) })
export type ConfirmOrigin = z.infer<typeof confirmOriginSchema>
