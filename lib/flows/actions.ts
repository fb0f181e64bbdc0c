'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { refuse, type Result } from '@/lib/domain/result'
import { readForm } from '@/lib/platform/forms/form-data'
import { fieldErrorsOf, formStateOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { requireActor } from '@/lib/platform/session/actor'
import { addShape, createFlow, deleteFlow, moveShape, removeShape, updateFlow } from './mutations'
import {
  addShapeSchema,
  createFlowSchema,
  deleteFlowSchema,
  moveShapeSchema,
  removeShapeSchema,
  updateFlowSchema,
} from './schema'

const unreadable = () => refuse('invalid_input', 'This change could not be read. Reload the page and try again.')

export async function createFlowAction(_previous: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor()
  const values = readForm(data)
  const input = createFlowSchema.safeParse(values)
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const created = await createFlow(actor, input.data)
  if (!created.ok) return refusedForm(created.error, values)
  redirect(`/flows/${created.value.id}`)
}

export async function updateFlowAction(_previous: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor()
  const values = readForm(data)
  const input = updateFlowSchema.safeParse(values)
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const updated = await updateFlow(actor, input.data)
  if (updated.ok) refresh()
  return formStateOf(updated, values, 'Flow saved.')
}

export async function deleteFlowAction(input: unknown): Promise<Result<null>> {
  const actor = await requireActor()
  const parsed = deleteFlowSchema.safeParse(input)
  return parsed.success ? deleteFlow(actor, parsed.data) : unreadable()
}

export async function addShapeAction(input: unknown): Promise<Result<{ id: string; revision: number }>> {
  const actor = await requireActor()
  const parsed = addShapeSchema.safeParse(input)
  if (!parsed.success) return unreadable()
  const added = await addShape(actor, parsed.data)
  if (added.ok) refresh()
  return added
}

export async function moveShapeAction(input: unknown): Promise<Result<null>> {
  const actor = await requireActor()
  const parsed = moveShapeSchema.safeParse(input)
  return parsed.success ? moveShape(actor, parsed.data) : unreadable()
}

export async function removeShapeAction(input: unknown): Promise<Result<{ revision: number }>> {
  const actor = await requireActor()
  const parsed = removeShapeSchema.safeParse(input)
  if (!parsed.success) return unreadable()
  const removed = await removeShape(actor, parsed.data)
  if (removed.ok) refresh()
  return removed
}
