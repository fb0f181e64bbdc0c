import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { endOfFlow, inserted, onlyExit } from '@/lib/domain/flows/tree/shape-tree'
import { succeed } from '@/lib/domain/result'
import { newId } from '@/lib/platform/db/new-id'
import { takeDraft } from './draft'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { addShapeSchema } from './schema'
import { takePositions, writePositions } from './shape-positions'

/** Adds a connection shape without an instance and endpoint. What was at its position follows it. */
export const addShape = operation({
  name: 'add_shape',
  permission: 'change',
  input: addShapeSchema,
  output: z.strictObject({ id: z.uuid(), revision: z.int() }),
  run: async ({ actor, transaction, audit }, input) => {
    return transaction(async (tx) => {
      const draft = await takeDraft(tx, actor, input.flowId, input.revision)
      if (!draft.ok) return draft
      const shapes = await takePositions(tx, draft.value)
      const at = input.parentId === undefined ? endOfFlow(shapes) : { parentId: input.parentId, leg: onlyExit }
      const id = newId()
      const changed = inserted(shapes, { id }, at)
      if (!changed.ok) return changed
      const { name, x: positionX, y: positionY } = input
      await tx.shape.create({
        data: { id, workspaceId: actor.workspaceId, flowVersionId: draft.value.id, name, positionX, positionY, ...at },
      })
      await writePositions(
        tx,
        changed.value.filter((shape) => shape.id !== id),
      )
      await audit(tx, {
        objectType: 'shape',
        objectId: id,
        objectName: name,
        partOfId: input.flowId,
        changes: fact('flow', draft.value.flowName),
      })
      return succeed({ id, revision: draft.value.revision })
    })
  },
})
