import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { succeed } from '@/lib/domain/result'
import { takeDraft } from './draft'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { addShapeSchema } from './schema'

/** Adds a connection shape without an instance and endpoint. */
export const addShape = operation({
  name: 'add_shape',
  permission: 'change',
  input: addShapeSchema,
  output: z.strictObject({ id: z.uuid(), revision: z.int() }),
  run: async ({ actor, transaction, audit }, input) => {
    return transaction(async (tx) => {
      const draft = await takeDraft(tx, actor, input.flowId, input.revision)
      if (!draft.ok) return draft
      const { name, x: positionX, y: positionY } = input
      const shape = await tx.shape.create({
        data: { workspaceId: actor.workspaceId, flowVersionId: draft.value.id, name, positionX, positionY },
      })
      await audit(tx, {
        objectType: 'shape',
        objectId: shape.id,
        objectName: name,
        partOfId: input.flowId,
        changes: fact('flow', draft.value.flowName),
      })
      return succeed({ id: shape.id, revision: draft.value.revision })
    })
  },
})
