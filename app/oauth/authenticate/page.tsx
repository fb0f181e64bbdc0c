import type { Metadata, Route } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { AuthorisationRefused } from '@/components/oauth/authorisation-refused'
import { ContinueAuthorisation } from '@/components/oauth/continue-authorisation'
import { SignInToFinish } from '@/components/oauth/sign-in-to-finish'
import type { SearchParams } from '@/lib/platform/lists/list-page'
import { callbackParameters } from '@/lib/authorisations/callback-parameters'
import { callbackPath } from '@/lib/platform/callback-path'
import { completeAuthorisation } from '@/lib/authorisations/complete-authorisation'
import { isNavigation } from '@/lib/authorisations/is-navigation'
import { currentActor } from '@/lib/platform/session/actor'

/** The address of this page contains a code and a state, so it is never sent as a referrer. */
export const metadata: Metadata = { title: 'Authorisation', referrer: 'no-referrer' }

/** The redirect URI of every OAuth authorisation. A state works once, so loading the page again changes nothing. */
export default async function AuthenticatePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const parameters = callbackParameters(await searchParams)
  const here = `${callbackPath}?${parameters}`
  const actor = await currentActor()
  if (!actor) return <SignInToFinish href={here} />
  if (!isNavigation(await headers())) return <ContinueAuthorisation href={here} />
  const outcome = await completeAuthorisation(actor, { query: parameters.toString() })
  const returnTo = outcome.ok ? outcome.value.returnTo : outcome.error.returnTo
  if (returnTo !== undefined) redirect(returnTo as Route)
  if (outcome.ok) redirect(`/connectors?authorised=${outcome.value.instanceId}`)
  if (outcome.error.instance && outcome.error.overtaken) redirect(`/instances/${outcome.error.instance.id}`)
  return <AuthorisationRefused refusal={outcome.error} />
}
