import { z } from 'zod'
import { idToFind } from '@/lib/operations/input'
import type { SortColumns } from '@/lib/platform/lists/list-page'
import { listParamsOf } from '@/lib/platform/lists/list-schema'

/** What a client may send about a person's own sessions. */

export const sessionSorts = { created: { column: 'createdAt', kind: 'date' } } as const satisfies SortColumns

const { after } = listParamsOf(sessionSorts)

/** In one order: last signed in first. */
export const listSessionsSchema = z.strictObject({ after })

/** An unknown id, somebody else's and one that is no id are refused alike. */
export const endSessionSchema = z.strictObject({ sessionId: idToFind })
