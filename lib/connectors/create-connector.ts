import 'server-only'
import { userIdOf } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { syncConnectorOrigins } from './origins/sync-origins'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { createConnectorSchema } from './schema'
import { change, columnsOf } from './change-connector'
import { slugify } from '@/lib/domain/names'
import { freeConnectorKey } from './free-connector-key'

export const createConnector = operation({
  name: 'create_connector',
  permission: 'change',
  input: createConnectorSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ actor, transaction, audit }, input) => {
    return change(transaction, input, async (tx) => {
      const columns = columnsOf(input)
      if (!columns.ok) return columns
      const { id } = await tx.connector.create({
        data: {
          ...columns.value,
          workspaceId: actor.workspaceId,
          key: await freeConnectorKey(tx, actor.workspaceId, slugify(input.name)),
          updatedById: userIdOf(actor),
        },
        select: { id: true },
      })
      await audit(tx, {
        objectType: 'connector',
        objectId: id,
        objectName: input.name,
      })
      await syncConnectorOrigins(tx, actor, id)
      return succeed({ id })
    })
  },
})
