import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { userIdOf } from '@/lib/domain/access/actor'
import { refuse, succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { confirmOriginSchema } from './schema'

const gone = refuse(
  'not_found',
  'This address no longer waits for confirmation: the connector has changed. Reload the page.',
)

/** An administrator lets existing instances send their credentials to a new origin (DATA §6). */
export const confirmOrigin = operation({
  name: 'confirm_origin',
  permission: 'administer',
  input: confirmOriginSchema,
  output: z.strictObject({ origin: z.string() }),
  run: async ({ actor, transaction, audit }, { connectorId, origin }) => {
    return transaction(async (tx) => {
      const connector = await tx.connector.findFirst({ where: { id: connectorId }, select: { name: true } })
      if (!connector) return gone
      const { count } = await tx.connectorOrigin.updateMany({
        where: { connectorId, origin, confirmedAt: null },
        data: { confirmedAt: new Date(), confirmedById: userIdOf(actor) },
      })
      if (count === 0) return gone
      await audit(tx, {
        objectType: 'origin',
        objectId: connectorId,
        objectName: connector.name,
        changes: fact('address', origin),
      })
      return succeed({ origin })
    })
  },
})
