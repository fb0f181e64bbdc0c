import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { removed } from '@/lib/domain/flows/tree/shape-tree'
import { succeed } from '@/lib/domain/result'
import { takeDraft } from './draft'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { shapeNotFound } from './instance-options'
import { removeShapeSchema } from './schema'
import { takePositions, writePositions } from './shape-positions'

/** Removes a shape. What followed it takes its position. */
export const removeShape = operation({
  name: 'remove_shape',
  permission: 'change',
  input: removeShapeSchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, transaction, audit }, input) => {
    return transaction(async (tx) => {
      const draft = await takeDraft(tx, actor, input.flowId, input.revision)
      if (!draft.ok) return draft
      const shapes = await takePositions(tx, draft.value)
      const shape = shapes.find(({ id }) => id === input.shapeId)
      if (!shape) return shapeNotFound
      const changed = removed(shapes, shape.id)
      if (!changed.ok) return changed
      await writePositions(tx, changed.value)
      await tx.shape.delete({ where: { id: shape.id } })
      await audit(tx, {
        objectType: 'shape',
        objectId: shape.id,
        objectName: shape.name,
        partOfId: input.flowId,
        changes: fact('flow', draft.value.flowName),
      })
      return succeed({ revision: draft.value.revision })
    })
  },
})
