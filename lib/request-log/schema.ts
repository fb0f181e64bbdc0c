import { z } from 'zod'
import { keysOf } from '@/lib/domain/text-schema'
import { idToFind, momentField } from '@/lib/operations/input'
import { listParamsOf, textToFind } from '@/lib/platform/lists/list-schema'
import { longestQuery, type SortColumns } from '@/lib/platform/lists/list-page'
import { requestOutcomes, requestPurposes } from './words'

export const requestColumns = { at: { column: 'at', kind: 'date' } } as const satisfies SortColumns

/** A status or a status class: "404", "5xx". */
export const requestStatus = z.string().regex(/^[1-5](\d\d|xx)$/)

/** A filter with an ID that cannot exist matches nothing. */
const filters = {
  userId: idToFind.optional(),
  /** Requests of an API key. */
  keyId: idToFind.optional(),
  /** Requests that Patchbay sent by itself, such as refreshes and clean-ups. */
  bySystem: z.literal(true).optional(),
  connectorId: idToFind.optional(),
  instanceId: idToFind.optional(),
  endpointId: idToFind.optional(),
  flowId: idToFind.optional(),
  correlationId: idToFind.optional(),
  purpose: z.enum(keysOf(requestPurposes)).optional(),
  outcome: z.enum(keysOf(requestOutcomes)).optional(),
  status: requestStatus.optional(),
  /** From this moment on. */
  from: momentField.optional(),
  /** Before this moment. */
  to: momentField.optional(),
}

export const listRequestsSchema = z.strictObject({ ...listParamsOf(requestColumns), ...filters })
/** @see countNewRequests */
export const countNewRequestsSchema = z.strictObject({
  q: textToFind(longestQuery).default(''),
  ...filters,
  /** Only requests that were written after this moment. */
  since: z.iso.datetime(),
})
export type RequestFilter = Partial<z.output<z.ZodObject<typeof filters>>>

/** A line is found by time and ID together, because the time determines the partition. */
export const requestKeySchema = z.strictObject({ id: z.string().max(64).pipe(idToFind), at: z.string().max(64) })
