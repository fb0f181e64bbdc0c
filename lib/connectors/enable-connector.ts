import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'

/** *Enable*: requests are sent with the instances of the connector again, except those that are disabled themselves. */
export const enableConnector = operation({
  name: 'enable_connector',
  permission: 'change',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: z.strictObject({ name: z.string() }),
  run: async ({ transaction, audit }, { connectorId }) =>
    transaction(async (tx) => {
      const row = await tx.connector.findFirst({ where: { id: connectorId }, select: { name: true } })
      if (!row) return notFound('connector')
      const { count } = await tx.connector.updateMany({
        where: { id: connectorId, disabledAt: { not: null } },
        data: { disabledAt: null, disabledById: null },
      })
      if (count > 0) await audit(tx, { objectType: 'connector', objectId: connectorId, objectName: row.name })
      return succeed({ name: row.name })
    }),
})
