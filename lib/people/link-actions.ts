'use server'

import { redirect } from 'next/navigation'
import { readForm, typedValues } from '@/lib/platform/forms/form-data'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { actionBegan } from '@/lib/platform/request-under-way'
import { currentActor } from '@/lib/platform/session/actor'
import { requestClient } from '@/lib/platform/session/client'
import { setSessionCookie } from '@/lib/platform/session/cookie'
import { acceptInvitation } from './accept-invitation'
import { resetPassword } from './reset-password'
import { newPersonSchema, resetPasswordSchema } from './schema'

/** Actions of people who have a link and need not be signed in. */

/** For a person without an account: with their name and password. */
export async function createAccountAction(token: string, _previous: FormState, data: FormData): Promise<FormState> {
  actionBegan()
  const values = typedValues(data, ['name'])
  const input = newPersonSchema.safeParse(readForm(data))
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const claims = await acceptInvitation(token, input.data, await currentActor(), await requestClient())
  if (!claims.ok) return refusedForm(claims.error, values)
  await setSessionCookie(claims.value)
  redirect('/connectors')
}

/** For a person who is signed in to the account that was invited. */
export async function joinWorkspaceAction(token: string): Promise<FormState> {
  actionBegan()
  const claims = await acceptInvitation(token, null, await currentActor(), await requestClient())
  if (!claims.ok) return refusedForm(claims.error)
  await setSessionCookie(claims.value)
  redirect('/connectors')
}

export async function resetPasswordAction(token: string, _previous: FormState, data: FormData): Promise<FormState> {
  actionBegan()
  const input = resetPasswordSchema.safeParse(readForm(data))
  if (!input.success) return invalidForm(fieldErrorsOf(input.error))
  const claims = await resetPassword(token, input.data.password, await requestClient())
  if (!claims.ok) return refusedForm(claims.error)
  await setSessionCookie(claims.value)
  redirect('/connectors')
}
