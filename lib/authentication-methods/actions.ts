'use server'

import { redirect } from 'next/navigation'
import { refresh } from 'next/cache'
import type { DiscoveredServer } from '@/lib/domain/oauth2/discovery'
import { refuse, type Result } from '@/lib/domain/result'
import { readForm } from '@/lib/platform/forms/form-data'
import { doneForm, fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { requireActor } from '@/lib/platform/session/actor'
import { createMethod } from './create-method'
import { deleteMethod } from './delete-method'
import { discoverServer } from './discover-server'
import { setMethodValue } from './method-values'
import { saveMethod } from './save-method'
import { createMethodSchema, deleteMethodSchema, discoverSchema, methodValueSchema, saveMethodSchema } from './schema'

export async function createMethodAction(_previous: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor()
  const values = readForm(data)
  const input = createMethodSchema.safeParse(values)
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const created = await createMethod(actor, input.data)
  if (!created.ok) return refusedForm(created.error, values)
  redirect(`/connectors/${input.data.connectorId}/authentication/${created.value.id}`)
}

/** Takes the whole of *Authentication setup* as an object: it is edited over many tabs and saved as one. */
export async function saveMethodAction(input: unknown): Promise<FormState> {
  const actor = await requireActor()
  const parsed = saveMethodSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error))
  const saved = await saveMethod(actor, parsed.data)
  if (!saved.ok) return refusedForm(saved.error)
  refresh()
  const { pendingOrigins } = saved.value
  if (pendingOrigins.length === 0) return doneForm('Saved. Every instance uses it from now on.')
  return doneForm(`Saved. Nothing is sent to ${pendingOrigins.join(', ')} until an administrator confirms it.`)
}

export async function deleteMethodAction(input: unknown): Promise<Result<{ connectorId: string }>> {
  const actor = await requireActor()
  const parsed = deleteMethodSchema.safeParse(input)
  if (!parsed.success) return refuse('invalid_input', 'This could not be read. Reload the page and try again.')
  const deleted = await deleteMethod(actor, parsed.data)
  if (deleted.ok) refresh()
  return deleted
}

/** What an authorisation server publishes; the builder decides what of it to take over. */
export async function discoverServerAction(input: unknown): Promise<Result<DiscoveredServer>> {
  const actor = await requireActor()
  const parsed = discoverSchema.safeParse(input)
  if (!parsed.success) return refuse('invalid_input', 'Enter the address of the authorisation server.', 'issuer')
  return discoverServer(actor, parsed.data)
}

/** The answer never echoes the value. */
export async function setMethodValueAction(input: unknown): Promise<FormState> {
  const actor = await requireActor()
  const parsed = methodValueSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error))
  const set = await setMethodValue(actor, parsed.data)
  if (!set.ok) return refusedForm(set.error)
  refresh()
  return doneForm(
    parsed.data.value === null
      ? 'Removed. Each instance is asked for it again.'
      : 'Set for all instances of this method.',
  )
}
