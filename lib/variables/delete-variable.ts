import 'server-only'
import { fact, several } from '@/lib/domain/history/compare-values'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { succeed } from '@/lib/domain/result'
import { checkRemoval } from '@/lib/domain/variables/variable-rules'
import { reviseOwner } from './owner'
import { methodWithoutVariable, optionsThatChange, writeMethodWithoutVariable } from './method-without-variable'
import { askFirst, deleteQuestions } from './rules'
import { z } from 'zod'
import { operation, type Context } from '@/lib/operations/operation'
import { deleteVariableSchema, type DeleteVariable } from './schema'
import type { VariableOwner } from './views'
import { change, lockVariable, gone, auditVariable } from './change-variable'

/**
 * Removes a variable that is not locked, after confirmation of what else is removed. The method's options that use it
 * by default get their literal defaults in the same save (rule R13).
 */
export const deleteVariable = operation({
  name: 'delete_variable',
  permission: 'change',
  input: deleteVariableSchema,
  output: z.strictObject({ revision: z.int() }),
  run: removeVariable,
})

/** Removes a variable, and audits it. */
export async function removeVariable(
  { actor, transaction }: Context,
  { owner, revision, variableId, confirmed }: DeleteVariable,
) {
  return change(transaction, '', async (tx) => {
    const current = await lockVariable(tx, actor, owner, variableId)
    if (!current) return gone
    const removable = checkRemoval(variableDefinition(current))
    if (!removable.ok) return removable
    const method = await methodWithoutVariable(tx, owner, current.key)
    const host = { keys: [current.key], variableId: null }
    const asked = await askFirst(tx, actor, owner, {
      questions: await deleteQuestions(tx, owner, current, method),
      host,
      confirmed,
    })
    if (!asked.ok) return asked
    const revised = await reviseOwner(tx, actor, owner, revision)
    if (!revised.ok) return revised
    await tx.variable.delete({ where: { id: current.id } })
    const alsoChanged = await fallBackToDefaults(tx, owner, current.key)
    await auditVariable(tx, actor, 'delete_variable', { ...current, partOfId: owner.ownerId }, [
      ...fact('of', revised.value.name),
      ...fact('key', current.key),
      ...several('alsoChanged', 'changed', alsoChanged),
    ])
    return succeed({ revision: revised.value.revision })
  })
}

/** Called after the method's revision was raised, which locks it. @returns what has changed, in words */
async function fallBackToDefaults(tx: WorkspaceTransaction, owner: VariableOwner, key: string): Promise<string[]> {
  const method = await methodWithoutVariable(tx, owner, key)
  if (!method) return []
  await writeMethodWithoutVariable(tx, method)
  return optionsThatChange(method)
}
