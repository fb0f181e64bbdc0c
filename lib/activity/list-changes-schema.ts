import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { momentField } from '@/lib/operations/input'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import { activitySorts, objectTypes } from './schema'

export const listChangesSchema = z.strictObject({
  ...listParamsOf(activitySorts),
  userId: z.uuid().optional(),
  /** The API key that acted. */
  keyId: z.uuid().optional(),
  objectType: z.enum(keysOf(objectTypes)).optional(),
  objectId: z.uuid().optional(),
  /** From this moment on. */
  from: momentField.optional(),
  /** Before this moment. */
  to: momentField.optional(),
})
