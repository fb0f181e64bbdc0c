import { z } from 'zod'
import { idToFind } from '@/lib/operations/input'
import { filterKinds } from './views'

export const listFilterChoicesSchema = z.strictObject({
  kind: z.enum(filterKinds),
  search: z.string().max(200, 'Search for at most 200 characters.'),
  /** Only objects of this connector. */
  connectorId: idToFind.optional(),
})

/** The ID of the chosen object, by kind. */
export const filterIdsSchema = z.strictObject({
  connector: idToFind.optional(),
  instance: idToFind.optional(),
  endpoint: idToFind.optional(),
  flow: idToFind.optional(),
  person: idToFind.optional(),
  key: idToFind.optional(),
})
