import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import { userIdOf } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { syncConnectorOrigins } from './origins/sync-origins'
import { describeChange } from './describe-change'
import { z } from 'zod'
import { operation, type Context } from '@/lib/operations/operation'
import { updateConnectorSchema, type UpdateConnector } from './schema'
import { change, columnsOf } from './change-connector'

export const updateConnector = operation({
  name: 'update_connector',
  permission: 'change',
  input: updateConnectorSchema,
  output: z.strictObject({ revision: z.int(), pendingOrigins: z.array(z.string()) }),
  run: changeDetails,
})

/** Saves the basic details, and audits them. */
export async function changeDetails(
  { actor, transaction, audit }: Context,
  { connectorId, revision, ...input }: UpdateConnector,
) {
  return change(transaction, input, async (tx) => {
    const before = await tx.connector.findFirst({ where: { id: connectorId }, omit: { icon: true } })
    if (!before) return notFound('connector')
    const columns = columnsOf(input)
    if (!columns.ok) return columns
    const { count } = await tx.connector.updateMany({
      where: { id: connectorId, revision },
      data: { ...columns.value, revision: { increment: 1 }, updatedAt: new Date(), updatedById: userIdOf(actor) },
    })
    if (count === 0) {
      const now = await tx.connector.findFirst({ where: { id: connectorId }, omit: { icon: true } })
      return now ? changedBySomeoneElse(`“${before.name}”`, now, tx) : notFound('connector')
    }
    await audit(tx, {
      objectType: 'connector',
      objectId: connectorId,
      objectName: input.name,
      changes: describeChange(before, columns.value, input.icon),
    })
    const { pending } = await syncConnectorOrigins(tx, actor, connectorId)
    return succeed({ revision: revision + 1, pendingOrigins: pending })
  })
}
