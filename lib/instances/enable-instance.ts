import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { instanceIdSchema } from './schema'

/** *Enable*: requests are sent with the instance again, with the values, tokens and status that it had. */
export const enableInstance = operation({
  name: 'enable_instance',
  permission: 'change',
  input: instanceIdSchema,
  output: z.strictObject({ name: z.string() }),
  run: async ({ transaction, audit }, { instanceId }) =>
    transaction(async (tx) => {
      const row = await tx.instance.findFirst({ where: { id: instanceId }, select: { name: true } })
      if (!row) return notFound('instance')
      const { count } = await tx.instance.updateMany({
        where: { id: instanceId, disabledAt: { not: null } },
        data: { disabledAt: null, disabledById: null },
      })
      if (count > 0) await audit(tx, { objectType: 'instance', objectId: instanceId, objectName: row.name })
      return succeed({ name: row.name })
    }),
})
