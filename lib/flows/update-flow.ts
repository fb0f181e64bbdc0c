import 'server-only'
import { compareFields } from '@/lib/domain/history/compare-values'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { takeDraft } from './draft'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { flowFields, updateFlowSchema } from './schema'
import { nameTaken } from './flow-name-taken'

export const updateFlow = operation({
  name: 'update_flow',
  permission: 'change',
  input: updateFlowSchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, transaction, audit }, input) => {
    try {
      return await transaction(async (tx) => {
        const draft = await takeDraft(tx, actor, input.flowId, input.revision)
        if (!draft.ok) return draft
        const before = await tx.flow.findFirstOrThrow({ where: { id: input.flowId } })
        await tx.flow.updateMany({
          where: { id: input.flowId },
          data: { name: input.name, foldedName: foldName(input.name), description: input.description },
        })
        await audit(tx, {
          objectType: 'flow',
          objectId: input.flowId,
          objectName: input.name,
          changes: compareFields(flowFields, before, input),
        })
        return succeed({ revision: draft.value.revision })
      })
    } catch (error) {
      if (!uniqueViolation(error)) throw error
      return nameTaken(input.name)
    }
  },
})
