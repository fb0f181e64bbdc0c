'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { shortestPassword } from '@/lib/platform/session/password-length'
import { setUpAction } from '@/lib/setup/actions'

export function SetUpForm() {
  return (
    <ActionForm action={setUpAction} guard={false} aria-label="Create workspace">
      <TextField
        name="workspaceName"
        label="Workspace name"
        required
        autoComplete="organization"
        help="Usually the company. Everything belongs to it."
        autoFocus
      />
      <TextField name="name" label="Your name" required autoComplete="name" help="Shown beside what you change." />
      <TextField
        name="email"
        label="Email"
        type="email"
        required
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
      />
      <TextField
        name="password"
        label="Password"
        type="password"
        required
        autoComplete="new-password"
        help={`At least ${shortestPassword} characters. A passphrase of several words is easy to remember.`}
      />
      <SubmitButton size="lg">Create workspace</SubmitButton>
    </ActionForm>
  )
}
