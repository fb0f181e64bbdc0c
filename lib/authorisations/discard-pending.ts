import 'server-only'
import { userIdOf } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { endOwnPending } from './pending'

/** *Discard*: deletes what this person typed and ends their authorisation. The current settings stay. */
export const discardPending = operation({
  name: 'discard_authorisation',
  permission: 'change',
  input: z.strictObject({ instanceId: idOf('instance') }),
  output: z.null(),
  run: async ({ actor, transaction, audit }, { instanceId }) => {
    const userId = userIdOf(actor)
    return transaction(async (tx) => {
      const instance = await tx.instance.findFirst({ where: { id: instanceId }, select: { name: true } })
      if (!instance) return notFound('instance')
      if (userId === null || (await endOwnPending(tx, instanceId, userId)) === 0) return succeed(null)
      await audit(tx, {
        objectType: 'authorisation',
        objectId: instanceId,
        objectName: instance.name,
      })
      return succeed(null)
    })
  },
})
