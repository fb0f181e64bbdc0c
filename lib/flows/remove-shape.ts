import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { refuse, succeed } from '@/lib/domain/result'
import { takeDraft } from './draft'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { removeShapeSchema } from './schema'

export const removeShape = operation({
  name: 'remove_shape',
  permission: 'change',
  input: removeShapeSchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, transaction, audit }, input) => {
    return transaction(async (tx) => {
      const draft = await takeDraft(tx, actor, input.flowId, input.revision)
      if (!draft.ok) return draft
      const shape = await tx.shape.findFirst({ where: { id: input.shapeId, flowVersionId: draft.value.id } })
      if (!shape) return refuse('not_found', 'This shape was removed by someone else. Reload the page.')
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
