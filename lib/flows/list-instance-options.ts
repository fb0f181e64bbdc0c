import 'server-only'
import { instanceOption } from './shape-views'
import { instanceMatches } from '@/lib/connectors/instance-matches'
import { succeed } from '@/lib/domain/result'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { instanceSearchSchema } from './shape-schema'
import { findOptions, optionOf } from './instance-options'

/** Authorised instances whose name matches, or whose connector's name does: the first fifty by name. */
export const listInstanceOptions = operation({
  name: 'list_instance_options',
  permission: 'see',
  restrictedKeys: 'allowed',
  callOnlyKeys: 'allowed',
  input: instanceSearchSchema,
  output: z.array(instanceOption),
  run: async ({ db }, { search }) => {
    const rows = await findOptions(db, search, {}, (text) => ({
      OR: [instanceMatches(text), { connector: { foldedName: { contains: likeLiteral(text) } } }],
    }))
    return succeed(rows.map(optionOf))
  },
})
