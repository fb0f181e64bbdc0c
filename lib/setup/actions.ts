'use server'

import { redirect } from 'next/navigation'
import { readForm, typedValues } from '@/lib/platform/forms/form-data'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { actionBegan } from '@/lib/platform/request-under-way'
import { requestClient } from '@/lib/platform/session/client'
import { setSessionCookie } from '@/lib/platform/session/cookie'
import { actionOf } from '@/lib/operations/action'
import { dismissFirstSteps } from '@/lib/setup/dismiss-first-steps'
import { setUp } from '@/lib/setup/set-up'
import { setUpSchema } from '@/lib/setup/schema'

export async function setUpAction(_previous: FormState, data: FormData): Promise<FormState> {
  actionBegan()
  const values = typedValues(data, ['workspaceName', 'name', 'email'])
  const input = setUpSchema.safeParse(readForm(data))
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const claims = await setUp(input.data, await requestClient())
  if (!claims.ok) return refusedForm(claims.error, values)
  await setSessionCookie(claims.value)
  redirect('/connectors')
}

export const dismissFirstStepsAction = actionOf(dismissFirstSteps, { refreshes: 'on_success' })
