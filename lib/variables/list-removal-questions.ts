import 'server-only'
import { refuse, succeed } from '@/lib/domain/result'
import { methodWithoutVariable, optionsThatChange } from './method-without-variable'
import { ownerColumns } from './owner'
import { deleteQuestions } from './rules'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { oneVariableSchema } from './schema'

/** What is removed or changed together with a variable, for confirmation: one paragraph each, none if nothing is. */
export const listRemovalQuestions = operation({
  name: 'list_removal_questions',
  permission: 'change',
  input: oneVariableSchema,
  output: z.array(z.string()),
  run: async ({ db }, { owner, variableId }) => {
    const row = await db.variable.findFirst({ where: { id: variableId, ...ownerColumns(owner) } })
    if (!row) return refuse('not_found', 'This variable no longer exists. Reload the page.')
    const method = await methodWithoutVariable(db, owner, row.key)
    const changes = method ? optionsThatChange(method) : []
    const questions = await deleteQuestions(db, owner, row, method)
    return succeed(changes.length === 0 ? questions : [`On the Token tab, ${changes.join(', and ')}.`, ...questions])
  },
})
