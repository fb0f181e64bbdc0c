'use server'

import { refresh } from 'next/cache'
import type { z } from 'zod'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { requireActor } from '@/lib/platform/session/actor'
import { createVariable, deleteVariable, reorderVariables, updateVariable, type Changed } from './mutations'
import { listRemovalQuestions } from './queries'
import { saveVariableUse } from './save-variable-use'
import {
  createVariableSchema,
  deleteVariableSchema,
  removalQuestionsSchema,
  reorderVariablesSchema,
  saveVariableUseSchema,
  updateVariableSchema,
  type CreateVariable,
  type DeleteVariable,
  type RemovalQuestions,
  type ReorderVariables,
  type SaveVariableUse,
  type UpdateVariable,
} from './schema'

type Revised = { revision: number }

/** Reads only: what the dialog asks before a variable is removed. */
export async function listRemovalQuestionsAction(input: RemovalQuestions): Promise<Result<string[]>> {
  const actor = await requireActor()
  const parsed = removalQuestionsSchema.safeParse(input)
  if (!parsed.success) return refuse('invalid_input', 'This variable cannot be read. Reload the page.')
  return listRemovalQuestions(actor, parsed.data.owner, parsed.data.variableId)
}

/** Checks what was sent, lets the mutation decide, and shows the new state. The field of a refusal is the variable's own. */
async function act<Schema extends z.ZodType, Value>(
  schema: Schema,
  input: unknown,
  mutate: (actor: Actor, parsed: z.output<Schema>) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const actor = await requireActor()
  const parsed = schema.safeParse(input)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = issue?.path[0] === 'variable' ? issue.path[1] : undefined
    return refuse(
      'invalid_input',
      issue?.message ?? 'This cannot be read.',
      path === undefined ? undefined : String(path),
    )
  }
  const result = await mutate(actor, parsed.data)
  if (result.ok) refresh()
  return result
}

export async function createVariableAction(input: CreateVariable): Promise<Result<Changed>> {
  return act(createVariableSchema, input, createVariable)
}

export async function updateVariableAction(input: UpdateVariable): Promise<Result<Changed>> {
  return act(updateVariableSchema, input, updateVariable)
}

export async function deleteVariableAction(input: DeleteVariable): Promise<Result<Revised>> {
  return act(deleteVariableSchema, input, deleteVariable)
}

export async function reorderVariablesAction(input: ReorderVariables): Promise<Result<Revised>> {
  return act(reorderVariablesSchema, input, reorderVariables)
}

export async function saveVariableUseAction(input: SaveVariableUse): Promise<Result<Revised>> {
  return act(saveVariableUseSchema, input, saveVariableUse)
}
