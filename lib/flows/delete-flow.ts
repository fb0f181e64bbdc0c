import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { deleteFlowSchema } from './schema'

/** Deletes a flow with its versions and shapes; the person types its name. */
export const deleteFlow = operation({
  name: 'delete_flow',
  permission: 'change',
  input: deleteFlowSchema,
  output: z.null(),
  run: async ({ transaction, audit }, input) => {
    return transaction(async (tx) => {
      const flow = await tx.flow.findFirst({ where: { id: input.flowId } })
      if (!flow) return notFound('flow')
      if (foldName(input.typedName) !== flow.foldedName)
        return refuse('invalid_input', `Type “${flow.name}” to delete it.`, 'typedName')
      await tx.flow.delete({ where: { id: flow.id } })
      await audit(tx, {
        objectType: 'flow',
        objectId: flow.id,
        objectName: flow.name,
      })
      return succeed(null)
    })
  },
})
