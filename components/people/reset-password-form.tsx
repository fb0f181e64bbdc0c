'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { resetPasswordAction } from '@/lib/people/link-actions'
import { shortestPassword } from '@/lib/platform/session/password-length'

export function ResetPasswordForm({ token, email }: { token: string; email: string }) {
  return (
    <ActionForm action={resetPasswordAction.bind(null, token)} guard={false} aria-label="Reset password">
      {/* For password managers. */}
      <input hidden readOnly autoComplete="username" value={email} />
      <TextField
        name="password"
        label="New password"
        type="password"
        required
        autoComplete="new-password"
        help={`At least ${shortestPassword} characters. A passphrase of several words is easy to remember.`}
        autoFocus
      />
      <SubmitButton size="lg">Set password</SubmitButton>
    </ActionForm>
  )
}
