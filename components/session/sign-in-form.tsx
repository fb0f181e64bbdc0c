'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Alert } from '@/components/ui/alert'
import { buttonStyle } from '@/components/ui/button-style'
import { signInAction } from '@/lib/platform/session/actions'

type SignInFormProps = {
  returnTo: string
  /** The name of the identity provider; null without single sign-on. */
  singleSignOn: string | null
  /** Why signing in there ended. */
  refusal: string | null
}

export function SignInForm({ returnTo, singleSignOn, refusal }: SignInFormProps) {
  return (
    <div className="grid gap-5">
      {refusal && <Alert tone="bad">{refusal}</Alert>}
      {singleSignOn !== null && (
        <>
          {/* Not a <Link>, which would load the address before anybody presses it. */}
          <a href={`/login/oidc?returnTo=${encodeURIComponent(returnTo)}`} className={buttonStyle({ size: 'lg' })}>
            Sign in with {singleSignOn}
          </a>
          <p className="text-center text-sm text-muted">or with your password</p>
        </>
      )}
      <PasswordForm returnTo={returnTo} />
    </div>
  )
}

function PasswordForm({ returnTo }: { returnTo: string }) {
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
