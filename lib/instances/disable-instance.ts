import 'server-only'
import { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { askBeforeDisabling } from '@/lib/health/ask-before-disabling'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'

/**
 * *Disable*: nothing is sent with the instance until somebody enables it; everything stays stored. Without confirmation
 * it is refused with `confirmation_needed`, which says how many shapes would stop working. Disabling a disabled
 * instance changes nothing.
 */
export const disableInstance = operation({
  name: 'disable_instance',
  permission: 'change',
  input: z.strictObject({ instanceId: idOf('instance'), confirmed: z.boolean() }),
  output: z.strictObject({ name: z.string() }),
  run: async ({ actor, workspaceId, transaction, audit }, { instanceId, confirmed }) =>
    transaction(async (tx) => {
      const row = await tx.instance.findFirst({ where: { id: instanceId }, select: { name: true } })
      if (!row) return notFound('instance')
      const { name } = row
      if (!confirmed) return askBeforeDisabling(tx, { workspaceId, instanceId, name })
      const { count } = await tx.instance.updateMany({
        where: { id: instanceId, disabledAt: null },
        data: { disabledAt: new Date(), disabledById: userIdOf(actor) },
      })
      if (count > 0) await audit(tx, { objectType: 'instance', objectId: instanceId, objectName: name })
      return succeed({ name })
    }),
})
