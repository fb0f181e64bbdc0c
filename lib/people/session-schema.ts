import { z } from 'zod'
import { idToFind } from '@/lib/operations/input'
import type { SortColumns } from '@/lib/platform/lists/list-page'
import { listParamsOf } from '@/lib/platform/lists/list-schema'

/** What a client may send about a person's own sessions. */

export const sessionSorts = { created: { column: 'createdAt', kind: 'date' } } as const satisfies SortColumns

const { after } = listParamsOf(sessionSorts)

/** There is only one order: newest first. */
export const listSessionsSchema = z.strictObject({ after })

/** An unknown id, another person's and an invalid one give the same error. */
export const endSessionSchema = z.strictObject({ sessionId: idToFind })
