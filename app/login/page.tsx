import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Entrance } from '@/components/frame/entrance'
import { SignInForm } from '@/components/session/sign-in-form'
import { safeReturnTo } from '@/lib/domain/access/return-to'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { currentActor } from '@/lib/platform/session/actor'
import { singleSignOnName } from '@/lib/people/single-sign-on/identity-provider'
import { signInRefusalOf } from '@/lib/people/single-sign-on/refusals'
import { isSetUp } from '@/lib/platform/session/is-set-up'

export const metadata: Metadata = { title: 'Sign in' }

export default async function LoginPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const search = await searchParams
  const returnTo = safeReturnTo(oneParam(search, 'returnTo'))
  if (await currentActor()) redirect(returnTo)
  if (!(await isSetUp())) redirect('/setup')
  return (
    <Entrance title="Sign in" description="Connectors, instances and process flows of your workspace.">
      <SignInForm
        returnTo={returnTo}
        singleSignOn={singleSignOnName()}
        refusal={signInRefusalOf(oneParam(search, 'refused'))}
      />
    </Entrance>
  )
}
