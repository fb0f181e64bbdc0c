'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { refuse, type Result } from '@/lib/domain/result'
import { readForm } from '@/lib/platform/forms/form-data'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { requireActor } from '@/lib/platform/session/actor'
import { cloneEndpoint } from './clone-endpoint'
import { createEndpoint } from './create-endpoint'
import { deleteEndpoint } from './delete-endpoint'
import { saveEndpoint } from './save-endpoint'
import { cloneEndpointSchema, createEndpointSchema, deleteEndpointSchema, saveEndpointSchema } from './schema'

export async function createEndpointAction(_previous: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor()
  const values = readForm(data)
  const input = createEndpointSchema.safeParse(values)
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const created = await createEndpoint(actor, input.data)
  if (!created.ok) return refusedForm(created.error, values)
  redirect(`/connectors/${input.data.connectorId}/endpoints/${created.value.id}#authentication`)
}

export async function cloneEndpointAction(_previous: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor()
  const values = readForm(data)
  const input = cloneEndpointSchema.safeParse(values)
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const cloned = await cloneEndpoint(actor, input.data)
  if (!cloned.ok) return refusedForm(cloned.error, values)
  redirect(`/connectors/${cloned.value.connectorId}/endpoints/${cloned.value.id}`)
}

export type SavedEndpoint = { pendingOrigins: string[] }
export type EndpointRefusal = { code: string; message?: string; fieldErrors: Record<string, string> }

/** Takes the whole definition as an object: it is edited over many tabs and saved as one. */
export async function saveEndpointAction(input: unknown): Promise<Result<SavedEndpoint, EndpointRefusal>> {
  const actor = await requireActor()
  const parsed = saveEndpointSchema.safeParse(input)
  if (!parsed.success) return { ok: false, error: { code: 'invalid_input', fieldErrors: fieldErrorsOf(parsed.error) } }
  const saved = await saveEndpoint(actor, parsed.data)
  if (!saved.ok) {
    const { code, field, message } = saved.error
    return {
      ok: false,
      error:
        field === undefined ? { code, message, fieldErrors: {} } : { code, message, fieldErrors: { [field]: message } },
    }
  }
  refresh()
  return { ok: true, value: { pendingOrigins: saved.value.pendingOrigins } }
}

export async function deleteEndpointAction(input: unknown): Promise<Result<{ connectorId: string }>> {
  const actor = await requireActor()
  const parsed = deleteEndpointSchema.safeParse(input)
  if (!parsed.success) return refuse('invalid_input', 'This could not be read. Reload the page and try again.')
  const deleted = await deleteEndpoint(actor, parsed.data)
  if (deleted.ok) refresh()
  return deleted
}
