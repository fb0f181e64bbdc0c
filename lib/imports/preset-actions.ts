'use server'

import { redirect } from 'next/navigation'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { requireActor } from '@/lib/platform/session/actor'
import { addPresetMethod, installPreset } from './preset-mutations'
import { addPresetMethodSchema, installPresetSchema } from './preset-schema'

/** Leads to the new connector. */
export async function installPresetAction(input: unknown): Promise<FormState> {
  const actor = await requireActor()
  const parsed = installPresetSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error))
  const installed = await installPreset(actor, parsed.data)
  if (!installed.ok) return refusedForm(installed.error)
  redirect(`/connectors/${installed.value.id}`)
}

/** Leads to the new method. */
export async function addPresetMethodAction(input: unknown): Promise<FormState> {
  const actor = await requireActor()
  const parsed = addPresetMethodSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error))
  const added = await addPresetMethod(actor, parsed.data)
  if (!added.ok) return refusedForm(added.error)
  redirect(`/connectors/${parsed.data.connectorId}/authentication/${added.value.id}`)
}
