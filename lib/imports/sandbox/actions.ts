'use server'

import { redirect } from 'next/navigation'
import { refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { requireActor } from '@/lib/platform/session/actor'
import { installSandboxConnector } from './mutations'

/** Takes no input. Leads to the new connector. */
export async function installSandboxConnectorAction(_previous: FormState): Promise<FormState> {
  const actor = await requireActor()
  const installed = await installSandboxConnector(actor)
  if (!installed.ok) return refusedForm(installed.error)
  redirect(`/connectors/${installed.value.id}`)
}
