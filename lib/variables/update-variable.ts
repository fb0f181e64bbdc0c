import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Variable } from '@/lib/platform/db/generated/client'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import type { Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { checkLockedEdit } from '@/lib/domain/variables/variable-rules'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import { describeChange } from './describe-change'
import type { HostChange } from './host-change'
import { reviseOwner } from './owner'
import { askFirst, renameQuestions, unsealRefusal } from './rules'
import { type UpdateVariable, type VariableInput, updateVariableSchema } from './schema'
import { sealPlainValues } from './seal-values'
import { operation, type Context } from '@/lib/operations/operation'
import { changedVariable } from './views'
import { change, lockVariable, gone, checkSound, auditVariable } from './change-variable'

export const updateVariable = operation({
  name: 'update_variable',
  permission: 'change',
  input: updateVariableSchema,
  output: changedVariable,
  run: changeVariable,
})

/** Changes a variable, and audits the change. */
export async function changeVariable({ actor, transaction }: Context, input: UpdateVariable) {
  return change(transaction, input.variable.key, async (tx) => {
    const current = await lockVariable(tx, actor, input.owner, input.variableId)
    if (!current) return gone
    const mayChange = await checkUpdate(tx, actor, current, input)
    if (!mayChange.ok) return mayChange
    const revised = await reviseOwner(tx, actor, input.owner, input.revision)
    if (!revised.ok) return revised
    await tx.variable.update({ where: { id: current.id }, data: input.variable })
    const sealed =
      input.variable.secret && !current.secret ? await sealPlainValues(tx, actor.workspaceId, current.id) : 0
    const changes = [
      ...fact('of', revised.value.name),
      ...describeChange(current, input.variable),
      ...(sealed > 0 ? fact('sealedValues', sealed) : []),
    ]
    await auditVariable(
      tx,
      actor,
      'update_variable',
      { id: current.id, displayName: input.variable.displayName, partOfId: input.owner.ownerId },
      changes,
    )
    return succeed({ variableId: current.id, revision: revised.value.revision })
  })
}

async function checkUpdate(
  tx: WorkspaceTransaction,
  actor: Actor,
  current: Variable,
  input: UpdateVariable,
): Promise<Result<null>> {
  const { owner, variable, confirmed } = input
  const rules = [
    checkLockedEdit(variableDefinition(current), variable),
    checkSound(variable, current.defaultValue),
    await unsealRefusal(tx, current, variable),
  ]
  for (const check of rules) {
    if (!check.ok) return check
  }
  const questions = await renameQuestions(tx, owner, current, variable)
  return askFirst(tx, actor, owner, {
    questions,
    host: hostChangeOf(current, variable, await isHidden(tx, current)),
    confirmed,
  })
}

/**
 * Whether it is hidden, here or by a method that uses it. Then its default is used, even if instances have old values.
 */
async function isHidden(tx: WorkspaceTransaction, current: Variable): Promise<boolean> {
  if (!isShown(current)) return true
  const hidden = { required: false, configurable: false, advanced: false }
  return (
    (await tx.variableUse.findFirst({ where: { variableId: current.id, ...hidden }, select: { variableId: true } })) !==
    null
  )
}

/**
 * A new key, and flags that hide or show the variable, change its value for every instance. A new default changes it
 * only where the default is used.
 */
function hostChangeOf(current: Variable, variable: VariableInput, hidden: boolean): HostChange | null {
  if (current.key !== variable.key) return { keys: [current.key, variable.key], variableId: null }
  if (isShown(current) !== isShown(variable)) return { keys: [current.key], variableId: null }
  return current.defaultValue === variable.defaultValue
    ? null
    : { keys: [current.key], variableId: hidden ? null : current.id }
}
