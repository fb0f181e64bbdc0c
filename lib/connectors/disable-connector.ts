import 'server-only'
import { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { askBeforeDisabling } from '@/lib/health/ask-before-disabling'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'

/**
 * *Disable*: nothing is sent with any instance of the connector until somebody enables it; everything stays stored.
 * Without confirmation it is refused with `confirmation_needed`, which says how many shapes would stop working.
 * Disabling a disabled connector changes nothing.
 */
export const disableConnector = operation({
  name: 'disable_connector',
  permission: 'change',
  input: z.strictObject({ connectorId: idOf('connector'), confirmed: z.boolean() }),
  output: z.strictObject({ name: z.string() }),
  run: async ({ actor, workspaceId, transaction, audit }, { connectorId, confirmed }) =>
    transaction(async (tx) => {
      const row = await tx.connector.findFirst({ where: { id: connectorId }, select: { name: true } })
      if (!row) return notFound('connector')
      const { name } = row
      if (!confirmed) return askBeforeDisabling(tx, { workspaceId, connectorId, name })
      const { count } = await tx.connector.updateMany({
        where: { id: connectorId, disabledAt: null },
        data: { disabledAt: new Date(), disabledById: userIdOf(actor) },
      })
      if (count > 0) await audit(tx, { objectType: 'connector', objectId: connectorId, objectName: name })
      return succeed({ name })
    }),
})
