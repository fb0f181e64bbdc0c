import 'server-only'
import { instanceOption } from './shape-views'
import { instanceMatches } from '@/lib/connectors/instance-matches'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { instanceSearchSchema } from './shape-schema'
import { optionColumns, optionOf } from './instance-options'

const optionsShown = 50

/** Instances whose own or whose connector's name matches, usable ones only, the first fifty by name. */
export const listInstanceOptions = operation({
  name: 'list_instance_options',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: instanceSearchSchema,
  output: z.array(instanceOption),
  run: async ({ db }, { search }) => {
    const text = foldName(search.replaceAll('\0', ''))
    const rows = await db.instance.findMany({
      where: {
        status: { not: 'awaiting_authorisation' },
        ...(text !== '' && {
          OR: [instanceMatches(text), { connector: { foldedName: { contains: likeLiteral(text) } } }],
        }),
      },
      orderBy: [{ foldedName: 'asc' }, { id: 'asc' }],
      take: optionsShown,
      select: optionColumns,
    })
    return succeed(rows.map(optionOf))
  },
})
