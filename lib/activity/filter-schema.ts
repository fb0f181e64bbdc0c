import { z } from 'zod'
import { idToFind } from '@/lib/operations/input'
import { filterKinds } from './views'

export const listFilterChoicesSchema = z.strictObject({
  kind: z.enum(filterKinds),
  search: z.string().max(200, 'Search for at most 200 characters.'),
  /** Only what belongs to this connector. */
  connectorId: idToFind.optional(),
})

/** The id of what is chosen, by kind. */
export const filterIdsSchema = z.strictObject({
  connector: idToFind.optional(),
  instance: idToFind.optional(),
  endpoint: idToFind.optional(),
  flow: idToFind.optional(),
  person: idToFind.optional(),
})
