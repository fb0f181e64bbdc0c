'use client'

import { Fragment } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useFormContext } from '@/components/forms/form-context'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Section } from '@/components/ui/section'
import { toast } from '@/components/ui/toast'
import { changePasswordAction } from '@/lib/people/actions'
import type { ProfileView } from '@/lib/people/views'
import { shortestPassword } from '@/lib/platform/session/password-length'

/** The person changes their own password. */
export function PasswordSection({ profile: { email, hasPassword } }: { profile: ProfileView }) {
  if (!hasPassword) {
    return (
      <Section title="Password">
        <p className="max-w-prose text-muted">
          You sign in through single sign-on and have no password here. An administrator can create a link with which
          you set one.
        </p>
      </Section>
    )
  }
  return (
    <Section
      title="Password"
      description="It is valid in all your workspaces. Changing it ends your other sessions; you stay signed in here."
    >
      <ActionForm
        action={changePasswordAction}
        aria-label="Change password"
        className="max-w-md"
        onDone={({ message }) => toast.success(message ?? 'Password changed.')}
      >
        {/* For password managers. */}
        <input hidden readOnly autoComplete="username" value={email} />
        <PasswordFields />
        <div>
          <SubmitButton variant="secondary">Change password</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  )
}

/** Empty again after the password was changed. */
function PasswordFields() {
  const { doneCount } = useFormContext()
  return (
    <Fragment key={doneCount}>
      <TextField
        name="currentPassword"
        label="Current password"
        type="password"
        required
        autoComplete="current-password"
      />
      <TextField
        name="newPassword"
        label="New password"
        type="password"
        required
        autoComplete="new-password"
        help={`At least ${shortestPassword} characters. A passphrase of several words is easy to remember.`}
      />
    </Fragment>
  )
}
