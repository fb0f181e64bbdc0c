'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { safeReturnTo } from '@/lib/domain/access/return-to'
import { unreadableInput } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { readForm, typedValues } from '@/lib/platform/forms/form-data'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { systemDb } from '@/lib/platform/db/client'
import { actionBegan } from '@/lib/platform/request-under-way'
import { requestClient } from './client'
import { clearSessionCookie, sessionClaims, setSessionCookie } from './cookie'
import { endSession } from './end-sessions'
import { signInAgainSchema, signInSchema } from './schema'
import { signInWithPassword } from './sign-in'
import { findPerson } from './person'
import { personKey, type PagePerson } from './signed-out'

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

/**
 * Signs in from a dialog on a page, which stays as it is. The earlier session of the browser ends, because its cookie
 * is replaced.
 * @returns the person for whom the page acts from now on
 */
export async function signInAgainAction(given: z.input<typeof signInAgainSchema>): Promise<Result<PagePerson>> {
  actionBegan()
  const input = signInAgainSchema.safeParse(given, { error: () => unreadableInput })
  if (!input.success) return refuse('invalid_input', input.error.issues[0]!.message)
  const { email, password, workspaceId } = input.data
  const before = await sessionClaims()
  const claims = await signInWithPassword({ email, ...(await requestClient()) }, password, workspaceId)
  if (!claims.ok) return claims
  if (before) await endSession(systemDb(), before)
  await setSessionCookie(claims.value)
  const person = await findPerson(claims.value)
  if (!person) throw new Error('the session that was just opened has no person')
  return succeed({ key: personKey(claims.value), name: person.actor.label, email: person.email })
}

/**
 * Ends the session itself, because its cookie may have been copied.
 * @param data names the page of this app to go to; default: the log-in
 */
export async function signOutAction(data?: FormData): Promise<void> {
  actionBegan()
  const claims = await sessionClaims()
  if (claims) await endSession(systemDb(), claims)
  await clearSessionCookie()
  const returnTo = data instanceof FormData ? data.get('returnTo') : null
  redirect((typeof returnTo === 'string' ? safeReturnTo(returnTo) : '/login') as Route)
}
