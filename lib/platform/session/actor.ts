import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { PersonActor } from '@/lib/domain/access/actor'
import { safeReturnTo } from '@/lib/domain/access/return-to'
import { requestAddress } from './address'
import { sessionClaims } from './cookie'
import { findPerson, type Person } from './person'
import { requestedPathHeader } from './requested-path'
import { isSetUp } from '@/lib/platform/session/is-set-up'

/** The signed-in person, read once per request. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const claims = await sessionClaims()
  const person = claims && (await findPerson(claims))
  return person && { ...person, actor: { ...person.actor, address: await requestAddress() } }
})

export async function currentActor(): Promise<PersonActor | null> {
  return (await currentPerson())?.actor ?? null
}

/** The signed-in person. If nobody is signed in, redirects to the log-in, which returns to this page. */
export async function requirePerson(): Promise<Person> {
  const person = await currentPerson()
  if (person) return person
  if (!(await isSetUp())) redirect('/setup')
  const path = (await headers()).get(requestedPathHeader)
  const returnTo = safeReturnTo(path)
  redirect(path === null || returnTo !== path ? '/login' : `/login?returnTo=${encodeURIComponent(returnTo)}`)
}

export async function requireActor(): Promise<PersonActor> {
  return (await requirePerson()).actor
}
