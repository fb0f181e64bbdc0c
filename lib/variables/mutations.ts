import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import type { Variable } from '@/lib/platform/db/generated/client'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { checkLockedEdit, checkRemoval, validateVariableDefinition } from '@/lib/domain/variables/variable-rules'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import { describeChange } from './describe-change'
import type { HostChange } from './host-change'
import { ownerColumns, reviseOwner } from './owner'
import { askFirst, deleteQuestions, renameQuestions, unsealRefusal } from './rules'
import type { CreateVariable, DeleteVariable, ReorderVariables, UpdateVariable, VariableInput } from './schema'
import { sealPlainValues } from './seal-values'
import type { VariableOwner } from './views'

export type Changed = { variableId: string; revision: number }

const gone = refuse('not_found', 'This variable does not exist, or no longer. Reload the page.')
const mostPerOwner = 500

/** Runs one change in one transaction; a key that is taken is said beside its field. */
async function change<Value>(
  actor: Actor,
  key: string,
  work: (tx: WorkspaceTransaction) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  try {
    return await commitUnlessRefused(workspaceDb(actor.workspaceId), work)
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return refuse('name_taken', `There is already a variable with the key ${key} here. Choose another key.`, 'key')
  }
}

export function createVariable(
  actor: Actor,
  { owner, revision, variable, confirmed }: CreateVariable,
): Promise<Result<Changed>> {
  return change(actor, variable.key, async (tx) => {
    const sound = checkSound(variable, '')
    if (!sound.ok) return sound
    const asked = await askFirst(tx, actor, owner, {
      questions: [],
      host: { keys: [variable.key], variableId: null },
      confirmed,
    })
    if (!asked.ok) return asked
    const revised = await reviseOwner(tx, actor, owner, revision)
    if (!revised.ok) return revised
    const last = await tx.variable.aggregate({ where: ownerColumns(owner), _max: { position: true }, _count: true })
    if (last._count >= mostPerOwner) return refuse('invalid_input', `At most ${mostPerOwner} variables fit here.`)
    const position = (last._max.position ?? -1) + 1
    const { id } = await tx.variable.create({
      data: { ...variable, ...ownerColumns(owner), workspaceId: actor.workspaceId, position },
    })
    await audit(
      tx,
      actor,
      'create_variable',
      { id, displayName: variable.displayName },
      { of: revised.value.name, key: variable.key, secret: variable.secret },
    )
    return succeed({ variableId: id, revision: revised.value.revision })
  })
}

/** What a variable may be; and a default that looks like a credential is offered as a secret variable instead (rule R10). */
function checkSound(variable: VariableInput, formerDefault: string): Result<unknown> {
  const valid = validateVariableDefinition(variable)
  if (!valid.ok || variable.defaultValue === formerDefault) return valid
  const literal = findLiteralSecret(variable.defaultValue, variable.key)
  if (!literal) return valid
  return refuse(
    'literal_secret',
    `This looks like ${literal.kind}, and everybody who may see the connector can read it here. Mark the variable as secret: each instance then keeps its own.`,
    'defaultValue',
  )
}

export function updateVariable(actor: Actor, input: UpdateVariable): Promise<Result<Changed>> {
  return change(actor, input.variable.key, async (tx) => {
    const current = await lockVariable(tx, actor, input.owner, input.variableId)
    if (!current) return gone
    const mayChange = await checkUpdate(tx, actor, current, input)
    if (!mayChange.ok) return mayChange
    const revised = await reviseOwner(tx, actor, input.owner, input.revision)
    if (!revised.ok) return revised
    await tx.variable.update({ where: { id: current.id }, data: input.variable })
    const sealed =
      input.variable.secret && !current.secret ? await sealPlainValues(tx, actor.workspaceId, current.id) : 0
    const changes = {
      of: revised.value.name,
      ...describeChange(current, input.variable),
      ...(sealed > 0 && { sealedValues: sealed }),
    }
    await audit(tx, actor, 'update_variable', { id: current.id, displayName: input.variable.displayName }, changes)
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

/** Here or by a method that uses it: then its default counts, whatever instances still hold from before. */
async function isHidden(tx: WorkspaceTransaction, current: Variable): Promise<boolean> {
  if (!isShown(current)) return true
  const hidden = { required: false, configurable: false, advanced: false }
  return (
    (await tx.variableUse.findFirst({ where: { variableId: current.id, ...hidden }, select: { variableId: true } })) !==
    null
  )
}

/** A new key, and flags by which values stop or begin to count, change the value in force everywhere; a new default only where it is used. */
function hostChangeOf(current: Variable, variable: VariableInput, hidden: boolean): HostChange | null {
  if (current.key !== variable.key) return { keys: [current.key, variable.key], variableId: null }
  if (isShown(current) !== isShown(variable)) return { keys: [current.key], variableId: null }
  return current.defaultValue === variable.defaultValue
    ? null
    : { keys: [current.key], variableId: hidden ? null : current.id }
}

export function deleteVariable(
  actor: Actor,
  { owner, revision, variableId, confirmed }: DeleteVariable,
): Promise<Result<{ revision: number }>> {
  return change(actor, '', async (tx) => {
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
    await audit(tx, actor, 'delete_variable', current, { of: revised.value.name, key: current.key })
    return succeed({ revision: revised.value.revision })
  })
}

export function reorderVariables(
  actor: Actor,
  { owner, revision, order }: ReorderVariables,
): Promise<Result<{ revision: number }>> {
  return change(actor, '', async (tx) => {
    const rows = await tx.variable.findMany({ where: ownerColumns(owner), select: { id: true } })
    if (rows.length === 0) return gone
    const known = new Set(rows.map((row) => row.id))
    const whole =
      order.length === known.size && new Set(order).size === order.length && order.every((id) => known.has(id))
    if (!whole)
      return refuse('changed_by_someone_else', 'Variables were added or removed meanwhile; reload to see them.')
    const revised = await reviseOwner(tx, actor, owner, revision)
    if (!revised.ok) return revised
    for (const [position, id] of order.entries()) await tx.variable.update({ where: { id }, data: { position } })
    await audit(tx, actor, 'reorder_variables', { id: owner.ownerId, displayName: revised.value.name }, {})
    return succeed({ revision: revised.value.revision })
  })
}

/**
 * Reads the definition and keeps new values for it out until the transaction ends: whoever writes a value holds a key
 * share lock on the variable through its foreign key, which waits for this one.
 */
async function lockVariable(
  tx: WorkspaceTransaction,
  { workspaceId }: Actor,
  owner: VariableOwner,
  variableId: string,
): Promise<Variable | null> {
  await tx.$queryRaw`SELECT 1 FROM "Variable" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${variableId}::uuid FOR UPDATE`
  return tx.variable.findFirst({ where: { id: variableId, ...ownerColumns(owner) } })
}

type AuditedChanges = NonNullable<Parameters<typeof recordAudit>[2]['changes']>

function audit(
  tx: WorkspaceTransaction,
  actor: Actor,
  action: string,
  object: { id: string; displayName: string },
  changes: AuditedChanges,
) {
  return recordAudit(tx, actor, {
    action,
    objectType: 'variable',
    objectId: object.id,
    objectName: object.displayName,
    changes,
  })
}
