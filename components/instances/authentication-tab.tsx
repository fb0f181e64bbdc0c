'use client'

import type { ReactNode } from 'react'
import { CredentialFields } from '@/components/instances/credential-fields'
import { markWaiting } from '@/components/instances/overtaken-draft'
import type { InstanceForm } from '@/components/instances/use-instance-form'
import { authenticationTypes } from '@/lib/domain/vocabulary'

type AuthenticationTabProps = {
  form: InstanceForm
  errors: Record<string, string>
  redirectUris: ReactNode
  canChange: boolean
}

/** *Authentication*: the method, which is fixed (rule R5), and its credentials. */
export function AuthenticationTab({ form, errors, redirectUris, canChange }: AuthenticationTabProps) {
  const { base, draft, said } = form
  const { method } = base
  return (
    <div className="grid max-w-2xl gap-5">
      <dl className="grid gap-1">
        <dt className="text-sm font-medium">Authentication method</dt>
        <dd className="break-words">
          {method.name} <span className="text-muted">· {authenticationTypes[method.type]}</span>
        </dd>
        <dd className="text-sm text-muted">
          You can’t change this later. To use another method, add another instance.
        </dd>
      </dl>
      <CredentialFields
        key={form.formNumber}
        fields={markWaiting(base.fields, draft)}
        typed={draft.typed}
        onChange={(typed) => form.setDraft({ ...draft, typed })}
        errors={errors}
        retypeReason={
          said.retypeSecrets === null
            ? undefined
            : 'The credentials would go to another host. Enter this value again: a stored secret is never sent to a new host.'
        }
        canChange={canChange}
      />
      {redirectUris}
    </div>
  )
}
