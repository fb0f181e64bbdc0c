'use server'

import { redirect } from 'next/navigation'
import { safeReturnTo } from '@/lib/domain/access/return-to'
import { readForm, typedValues } from '@/lib/platform/forms/form-data'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { systemDb } from '@/lib/platform/db/client'
import { actionBegan } from '@/lib/platform/request-under-way'
import { requestClient } from './client'
import { clearSessionCookie, sessionClaims, setSessionCookie } from './cookie'
import { endSession } from './end-sessions'
import { signInSchema } from './schema'
import { signInWithPassword } from './sign-in'

export async function signInAction(_previous: FormState, data: FormData): Promise<FormState> {
  actionBegan()
  const values = typedValues(data, ['email'])
  const input = signInSchema.safeParse(readForm(data))
  if (!input.success) return invalidForm(fieldErrorsOf(input.error), values)
  const { email, password, returnTo } = input.data
  const claims = await signInWithPassword({ email, ...(await requestClient()) }, password)
  if (!claims.ok) return refusedForm(claims.error, values)
  await setSessionCookie(claims.value)
  redirect(safeReturnTo(returnTo))
}

/** Ends the session first: a cookie that is gone from this browser may have been copied. */
export async function signOutAction(): Promise<void> {
  actionBegan()
  const claims = await sessionClaims()
  if (claims) await endSession(systemDb(), claims)
  await clearSessionCookie()
  redirect('/login')
}
