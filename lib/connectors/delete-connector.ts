import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { foldName, nameSome } from '@/lib/domain/names'
import { refuse, succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { deleteConnectorSchema } from './schema'
import { change } from './change-connector'

/**
 * Deletes a connector without instances; otherwise the refusal names them (rule R11). The person types its name, so
 * that nothing is deleted by accident.
 */
export const deleteConnector = operation({
  name: 'delete_connector',
  permission: 'change',
  input: deleteConnectorSchema,
  output: z.strictObject({ name: z.string() }),
  run: async ({ actor, transaction, audit }, { connectorId, typedName }) => {
    return change(transaction, null, async (tx) => {
      const row = await tx.connector.findFirst({ where: { id: connectorId }, select: { name: true } })
      if (!row) return notFound('connector')
      // Blocks new instances until the deletion is committed.
      await tx.$queryRaw`SELECT 1 FROM "Connector" WHERE "workspaceId" = ${actor.workspaceId}::uuid AND "id" = ${connectorId}::uuid FOR UPDATE`
      const instances = await tx.instance.count({ where: { connectorId } })
      if (instances > 0) return refuse('in_use', await usedBy(tx, connectorId, row.name, instances))
      if (foldName(typedName) !== foldName(row.name))
        return refuse('invalid_input', `Type “${row.name}” to delete this connector.`, 'typedName')
      // Superseded versions have snapshots, so they do not block a deletion (DATA §9).
      await tx.shape.updateMany({ where: { connectorId }, data: { endpointId: null } })
      await tx.connector.delete({ where: { id: connectorId } })
      await audit(tx, {
        objectType: 'connector',
        objectId: connectorId,
        objectName: row.name,
      })
      return succeed({ name: row.name })
    })
  },
})

async function usedBy(tx: WorkspaceTransaction, connectorId: string, name: string, count: number): Promise<string> {
  const some = await tx.instance.findMany({
    where: { connectorId },
    select: { name: true },
    orderBy: { foldedName: 'asc' },
    take: 5,
  })
  const instances = nameSome(
    some.map((instance) => instance.name),
    count,
  )
  return `“${name}” cannot be deleted while it has ${count === 1 ? 'an instance' : 'instances'}: ${instances}. Delete ${count === 1 ? 'it' : 'them'} first.`
}
