import 'server-only'
import { z } from 'zod'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { readChoices } from './filter-choices'
import { listFilterChoicesSchema } from './filter-schema'
import { filterChoice } from './views'

const mostChoices = 30

/** The choices of a filter of *Activity*: the first thirty objects whose name contains the text, by name. */
export const listFilterChoices = operation({
  name: 'list_filter_choices',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listFilterChoicesSchema,
  output: z.array(filterChoice),
  run: async ({ db }, { kind, search, connectorId }) => {
    const text = foldName(search.replaceAll('\0', ''))
    return succeed(await readChoices(db, kind, { text, connectorId, take: mostChoices }))
  },
})
