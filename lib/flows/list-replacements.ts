import 'server-only'
import { z } from 'zod'
import { instanceMatches } from '@/lib/connectors/instance-matches'
import { foldName } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { optionColumns, optionOf } from './instance-options'
import { instanceOption } from './shape-views'

const optionsShown = 50

/** The instances that can replace one in flows: the others of its connector that have been authorised, by name. */
export const listReplacements = operation({
  name: 'list_replacements',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ instanceId: idOf('instance'), search: z.string().max(200) }),
  output: z.array(instanceOption),
  run: async ({ db }, { instanceId, search }) => {
    const instance = await db.instance.findFirst({ where: { id: instanceId }, select: { connectorId: true } })
    if (!instance) return notFound('instance')
    const text = foldName(search.replaceAll('\0', ''))
    const rows = await db.instance.findMany({
      where: {
        connectorId: instance.connectorId,
        id: { not: instanceId },
        status: { not: 'awaiting_authorisation' },
        ...(text !== '' && instanceMatches(text)),
      },
      orderBy: [{ foldedName: 'asc' }, { id: 'asc' }],
      take: optionsShown,
      select: optionColumns,
    })
    return succeed(rows.map(optionOf))
  },
})
