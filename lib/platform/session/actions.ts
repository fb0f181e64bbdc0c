'use server'

import { redirect } from 'next/navigation'
import { safeReturnTo } from '@/lib/domain/access/return-to'
import { readForm, typedValues } from '@/lib/platform/forms/form-data'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { actionBegan } from '@/lib/platform/request-under-way'
import { requestAddress } from './address'
import { endSession, startSession } from './cookie'
import { signInSchema } from './schema'
import { signInWithPassword } from './sign-in'

export async function signInAction(_previous: FormState, data: FormData): Promise<FormState> {
  actionBegan()
  const values = typedValues(data, ['email'])
  const input = signInSchema.safeParse(readForm(data))
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const { email, password, returnTo } = input.data
  const claims = await signInWithPassword({ email, address: await requestAddress() }, password)
  if (!claims.ok) return refusedForm(claims.error, values)
  await startSession(claims.value)
  redirect(safeReturnTo(returnTo))
}

export async function signOutAction(): Promise<void> {
  actionBegan()
  await endSession()
  redirect('/login')
}
