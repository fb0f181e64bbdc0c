'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { refuse, type Result } from '@/lib/domain/result'
import { readForm, uploadedFile } from '@/lib/platform/forms/form-data'
import { doneForm, fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { requireActor } from '@/lib/platform/session/actor'
import { createConnector, deleteConnector, updateConnector } from './mutations'
import { createConnectorSchema, deleteConnectorSchema, updateConnectorSchema, type DeleteConnector } from './schema'

/** The form's fields with what is to become of the icon. */
async function readConnectorForm(data: FormData) {
  const { removeIcon, ...values } = readForm(data)
  const file = uploadedFile(data, 'icon')
  const icon = file ? new Uint8Array(await file.arrayBuffer()) : removeIcon ? 'remove' : 'keep'
  return { values, input: { ...values, icon } }
}

/** Basic details of a new connector; leads on to its variables. */
export async function createConnectorAction(_previous: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor()
  const { values, input } = await readConnectorForm(data)
  const parsed = createConnectorSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error), values)
  const created = await createConnector(actor, parsed.data)
  if (!created.ok) return refusedForm(created.error, values)
  redirect(`/connectors/${created.value.id}/variables`)
}

export async function updateConnectorAction(_previous: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor()
  const { values, input } = await readConnectorForm(data)
  const parsed = updateConnectorSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error), values)
  const updated = await updateConnector(actor, parsed.data)
  if (!updated.ok) return refusedForm(updated.error, values)
  refresh()
  const { pendingOrigins } = updated.value
  if (pendingOrigins.length === 0) return doneForm('Saved. Every instance uses it from now on.')
  return doneForm(`Saved. Nothing is sent to ${pendingOrigins.join(', ')} until an administrator confirms it.`)
}

export async function deleteConnectorAction(input: DeleteConnector): Promise<Result<{ name: string }>> {
  const actor = await requireActor()
  const parsed = deleteConnectorSchema.safeParse(input)
  if (!parsed.success) return refuse('invalid_input', 'This connector cannot be read. Reload the page.')
  return deleteConnector(actor, parsed.data)
}
