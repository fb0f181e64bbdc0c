import 'server-only'
import { z } from 'zod'
import { moved, onlyExit } from '@/lib/domain/flows/tree/shape-tree'
import { compareValues, fact } from '@/lib/domain/history/compare-values'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { takeDraft } from './draft'
import { shapeNotFound } from './instance-options'
import { reorderShapeSchema } from './schema'
import { nameBefore, takePositions, writePositions } from './shape-positions'

/** Moves a shape behind another one, or behind the trigger. What followed it closes the gap. */
export const reorderShape = operation({
  name: 'reorder_shape',
  permission: 'change',
  input: reorderShapeSchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, transaction, audit }, { flowId, revision, shapeId, parentId }) => {
    return transaction(async (tx) => {
      const draft = await takeDraft(tx, actor, flowId, revision)
      if (!draft.ok) return draft
      const shapes = await takePositions(tx, draft.value)
      const shape = shapes.find(({ id }) => id === shapeId)
      if (!shape) return shapeNotFound
      const to = { parentId, leg: onlyExit }
      const changed = moved(shapes, shapeId, to)
      if (!changed.ok) return changed
      await writePositions(tx, changed.value)
      if (changed.value.length > 0)
        await audit(tx, {
          objectType: 'shape',
          objectId: shapeId,
          objectName: shape.name,
          partOfId: flowId,
          changes: [
            ...fact('flow', draft.value.flowName),
            ...compareValues('follows', nameBefore(shapes, shape), nameBefore(shapes, to)),
          ],
        })
      return succeed({ revision: draft.value.revision })
    })
  },
})
