import 'server-only'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { succeed } from '@/lib/domain/result'
import { checkRemoval } from '@/lib/domain/variables/variable-rules'
import { reviseOwner } from './owner'
import { askFirst, deleteQuestions } from './rules'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { deleteVariableSchema } from './schema'
import { change, lockVariable, gone, auditVariable } from './change-variable'

export const deleteVariable = operation({
  name: 'delete_variable',
  permission: 'change',
  input: deleteVariableSchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, transaction }, { owner, revision, variableId, confirmed }) => {
    return change(transaction, '', async (tx) => {
      const current = await lockVariable(tx, actor, owner, variableId)
      if (!current) return gone
      const removable = checkRemoval(variableDefinition(current))
      if (!removable.ok) return removable
      const host = { keys: [current.key], variableId: null }
      const asked = await askFirst(tx, actor, owner, {
        questions: await deleteQuestions(tx, owner, current),
        host,
        confirmed,
      })
      if (!asked.ok) return asked
      const revised = await reviseOwner(tx, actor, owner, revision)
      if (!revised.ok) return revised
      await tx.variable.delete({ where: { id: current.id } })
      await auditVariable(tx, actor, 'delete_variable', current, { of: revised.value.name, key: current.key })
      return succeed({ revision: revised.value.revision })
    })
  },
})
