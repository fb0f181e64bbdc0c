'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { readForm } from '@/lib/platform/forms/form-data'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { requireActor } from '@/lib/platform/session/actor'
import { retryAuthorisationSchema } from './schema'
import { startAuthorisation } from './start-authorisation'

/** *Try again*: off to the third party once more, with the values that are waiting. */
export async function retryAuthorisationAction(_previous: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor()
  const input = retryAuthorisationSchema.safeParse(readForm(data))
  if (!input.success) return invalidForm(fieldErrorsOf(input.error))
  const started = await startAuthorisation(actor, { instanceId: input.data.instanceId, reusePending: true })
  if (!started.ok) return refusedForm({ ...started.error, field: undefined })
  redirect(started.value.redirectTo as Route)
}
