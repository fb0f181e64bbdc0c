import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { idToFind } from '@/lib/operations/input'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import type { SortColumns } from '@/lib/platform/lists/list-page'
import { requestOutcomes, requestPurposes } from './words'

export const requestColumns = { at: { column: 'at', kind: 'date' } } as const satisfies SortColumns

/** A filter that names what cannot exist matches nothing. */
export const listRequestsSchema = z.strictObject({
  ...listParamsOf(requestColumns),
  userId: idToFind.optional(),
  connectorId: idToFind.optional(),
  instanceId: idToFind.optional(),
  flowId: idToFind.optional(),
  correlationId: idToFind.optional(),
  purpose: z.enum(keysOf(requestPurposes)).optional(),
  outcome: z.enum(keysOf(requestOutcomes)).optional(),
  /** From this moment on. */
  from: z.iso.datetime().optional(),
  /** Before this moment. */
  to: z.iso.datetime().optional(),
})

/** Lines are found by time and id together: the time names the day's partition. */
export const requestKeySchema = z.strictObject({ id: z.string().max(64).pipe(idToFind), at: z.string().max(64) })
