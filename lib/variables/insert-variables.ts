import 'server-only'
import type { Context } from '@/lib/operations/operation'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { checkSound } from './change-variable'
import { ownerColumns, reviseOwner } from './owner'
import { askFirst } from './rules'
import type { VariableInput } from './schema'
import type { VariableOwner } from './views'

const mostPerOwner = 500

type NewVariables = { owner: VariableOwner; revision: number; variables: readonly VariableInput[]; confirmed: boolean }

export type Inserted = { ids: string[]; revision: number; ownerName: string }

/** Adds variables after the existing ones of their owner, and checks its revision (rule R12). */
export async function insertVariables(
  { actor }: Pick<Context, 'actor'>,
  tx: WorkspaceTransaction,
  { owner, revision, variables, confirmed }: NewVariables,
): Promise<Result<Inserted>> {
  for (const variable of variables) {
    const sound = checkSound(variable, '')
    if (!sound.ok) return sound
  }
  const keys = variables.map(({ key }) => key)
  const asked = await askFirst(tx, actor, owner, { questions: [], host: { keys, variableId: null }, confirmed })
  if (!asked.ok) return asked
  const revised = await reviseOwner(tx, actor, owner, revision)
  if (!revised.ok) return revised
  const last = await tx.variable.aggregate({ where: ownerColumns(owner), _max: { position: true }, _count: true })
  if (last._count + variables.length > mostPerOwner)
    return refuse('invalid_input', `At most ${mostPerOwner} variables can be defined here.`)
  const first = (last._max.position ?? -1) + 1
  const rows = variables.map((variable, index) => ({
    ...variable,
    ...ownerColumns(owner),
    id: newId(),
    workspaceId: actor.workspaceId,
    position: first + index,
  }))
  await tx.variable.createMany({ data: rows })
  return succeed({ ids: rows.map(({ id }) => id), revision: revised.value.revision, ownerName: revised.value.name })
}
