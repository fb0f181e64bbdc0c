'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { signInAction } from '@/lib/platform/session/actions'

export function SignInForm({ returnTo }: { returnTo: string }) {
  return (
    <ActionForm action={signInAction} guard={false} aria-label="Sign in">
      <input type="hidden" name="returnTo" value={returnTo} />
      <TextField
        name="email"
        label="Email"
        type="email"
        required
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
      />
      <TextField name="password" label="Password" type="password" required autoComplete="current-password" />
      <SubmitButton size="lg">Sign in</SubmitButton>
    </ActionForm>
  )
}
