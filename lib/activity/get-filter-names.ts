import 'server-only'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { readChoices } from './filter-choices'
import { filterIdsSchema } from './filter-schema'
import { type FilterChoice, type FilterKind, filterNames } from './views'

/** The names of the objects in the filter of *Activity*; null for deleted ones and those of other workspaces. */
export const getFilterNames = operation({
  name: 'get_filter_names',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: filterIdsSchema,
  output: filterNames,
  run: async ({ db }, chosen) => {
    const nameOf = async (kind: FilterKind): Promise<FilterChoice | null> => {
      const id = chosen[kind]
      const [found] = id === undefined ? [] : await readChoices[kind](db, { text: '', id, take: 1 })
      return found ?? null
    }
    const [connector, instance, endpoint, flow, person] = await Promise.all([
      nameOf('connector'),
      nameOf('instance'),
      nameOf('endpoint'),
      nameOf('flow'),
      nameOf('person'),
    ])
    return succeed({ connector, instance, endpoint, flow, person })
  },
})
