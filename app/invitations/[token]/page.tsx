import type { Metadata } from 'next'
import { Entrance } from '@/components/frame/entrance'
import { AcceptInvitation } from '@/components/people/accept-invitation'
import { LinkRefused } from '@/components/people/link-refused'
import { roleLabels } from '@/lib/domain/access/roles'
import { findInvitation } from '@/lib/people/find-invitation'
import { currentPerson } from '@/lib/platform/session/actor'

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer', robots: 'noindex' }

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [invitation, person] = await Promise.all([findInvitation(token), currentPerson()])
  if (!invitation.ok) {
    return (
      <Entrance title="This invitation does not work" description={invitation.error.message}>
        <LinkRefused isSignedIn={person !== null} />
      </Entrance>
    )
  }
  const { workspaceName, invitedBy, role, email, hasAccount } = invitation.value
  return (
    <Entrance
      title={`Join ${workspaceName}`}
      description={`${invitedBy} invited ${email} to this workspace, with the role ${roleLabels[role]}.`}
    >
      <AcceptInvitation
        token={token}
        workspaceName={workspaceName}
        email={email}
        hasAccount={hasAccount}
        signedInAs={person?.email ?? null}
      />
    </Entrance>
  )
}
