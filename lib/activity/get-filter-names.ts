import 'server-only'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { readChosen } from './filter-choices'
import { filterIdsSchema } from './filter-schema'
import { filterNames, type NamedKind } from './views'

/** The names of the objects in the filter of *Activity*; null for deleted ones and those of other workspaces. */
export const getFilterNames = operation({
  name: 'get_filter_names',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: filterIdsSchema,
  output: filterNames,
  run: async ({ db }, chosen) => {
    const nameOf = (kind: NamedKind) => {
      const id = chosen[kind]
      return id === undefined ? null : readChosen(db, kind, id)
    }
    const [connector, instance, endpoint, flow, person, key] = await Promise.all([
      nameOf('connector'),
      nameOf('instance'),
      nameOf('endpoint'),
      nameOf('flow'),
      nameOf('person'),
      nameOf('key'),
    ])
    return succeed({ connector, instance, endpoint, flow, person, key })
  },
})
