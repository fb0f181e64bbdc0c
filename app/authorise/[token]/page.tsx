import type { Metadata } from 'next'
import { Entrance } from '@/components/frame/entrance'
import { AuthorisationLink } from '@/components/oauth/authorisation-link'
import { LinkRefused } from '@/components/people/link-refused'
import { SignedInProvider } from '@/components/session/signed-in-provider'
import { findAuthorisationLink } from '@/lib/authorisations/links/find-authorisation-link'
import { requirePerson } from '@/lib/platform/session/actor'
import { personKey } from '@/lib/platform/session/signed-out'

/** The address of this page contains the token, so it is never sent as a referrer. */
export const metadata: Metadata = { title: 'Authorise an instance', referrer: 'no-referrer', robots: 'noindex' }

/** Opening the link changes nothing: it is used up by *Continue* or *Cancel*. */
export default async function AuthorisePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const { actor, email, workspaceName } = await requirePerson()
  const link = await findAuthorisationLink(actor, { token })
  if (!link.ok) {
    const { code, message } = link.error
    return (
      <Entrance
        title={code === 'not_allowed' ? 'You cannot authorise this instance' : 'This link does not work'}
        description={message}
      >
        <LinkRefused isSignedIn />
      </Entrance>
    )
  }
  return (
    <SignedInProvider person={{ key: personKey(actor), name: actor.label, email }}>
      <AuthorisationLink token={token} link={link.value} signedInAs={`${email} (${workspaceName})`} />
    </SignedInProvider>
  )
}
