'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { createAccountAction, joinWorkspaceAction } from '@/lib/people/link-actions'
import { signOutAction } from '@/lib/platform/session/actions'
import { shortestPassword } from '@/lib/platform/session/password-length'

type AcceptInvitationProps = {
  token: string
  workspaceName: string
  email: string
  /** Whether a person with this email has an account already. */
  hasAccount: boolean
  /** The email of the person who is signed in in this browser. */
  signedInAs: string | null
}

/** A new person chooses a name and a password. A person with an account must be signed in to it. */
export function AcceptInvitation({ token, workspaceName, email, hasAccount, signedInAs }: AcceptInvitationProps) {
  if (signedInAs !== null && signedInAs !== email)
    return <SignOutFirst token={token} email={email} signedInAs={signedInAs} />
  if (!hasAccount) return <CreateAccount token={token} email={email} />
  if (signedInAs === null) {
    return (
      <div className="grid gap-4">
        <p className="break-words">
          There is an account for <strong className="font-medium">{email}</strong>. Sign in to it to accept the
          invitation.
        </p>
        <ButtonLink href={`/login?returnTo=${encodeURIComponent(`/invitations/${token}`)}`} variant="primary" size="lg">
          Sign in
        </ButtonLink>
      </div>
    )
  }
  return (
    <ActionForm action={joinWorkspaceAction.bind(null, token)} guard={false} aria-label="Join workspace">
      <SubmitButton size="lg">Join {workspaceName}</SubmitButton>
    </ActionForm>
  )
}

/** The invitation must not be accepted by whichever account this browser happens to be signed in to. */
function SignOutFirst({ token, email, signedInAs }: { token: string; email: string; signedInAs: string }) {
  return (
    <div className="grid gap-4">
      <p className="break-words">
        This browser is signed in as <strong className="font-medium">{signedInAs}</strong>, and the invitation is for{' '}
        <strong className="font-medium">{email}</strong>. Sign out to accept it.
      </p>
      <form action={signOutAction}>
        <input type="hidden" name="returnTo" value={`/invitations/${token}`} />
        <Button type="submit" variant="primary" size="lg" className="w-full">
          Sign out
        </Button>
      </form>
    </div>
  )
}

function CreateAccount({ token, email }: { token: string; email: string }) {
  return (
    <ActionForm action={createAccountAction.bind(null, token)} guard={false} aria-label="Create account">
      {/* For password managers. */}
      <input hidden readOnly autoComplete="username" value={email} />
      <TextField
        name="name"
        label="Your name"
        required
        autoComplete="name"
        maxLength={120}
        help="Shown beside what you change."
        autoFocus
      />
      <TextField
        name="password"
        label="Password"
        type="password"
        required
        autoComplete="new-password"
        help={`At least ${shortestPassword} characters. A passphrase of several words is easy to remember.`}
      />
      <SubmitButton size="lg">Create account</SubmitButton>
    </ActionForm>
  )
}
