import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { findOptions, optionOf } from './instance-options'
import { instanceOption } from './shape-views'

/** The instances that can replace this one in flows: the other authorised ones of its connector, by name. */
export const listReplacements = operation({
  name: 'list_replacements',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ instanceId: idOf('instance'), search: z.string().max(200) }),
  output: z.array(instanceOption),
  run: async ({ db }, { instanceId, search }) => {
    const instance = await db.instance.findFirst({ where: { id: instanceId }, select: { connectorId: true } })
    if (!instance) return notFound('instance')
    const also = { connectorId: instance.connectorId, id: { not: instanceId } }
    const rows = await findOptions(db, search, also)
    return succeed(rows.map(optionOf))
  },
})
