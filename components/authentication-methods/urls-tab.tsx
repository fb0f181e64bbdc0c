'use client'

import { TemplateField } from '@/components/forms/template-field'
import type { TemplateVariable } from '@/components/forms/template-editor'
import { phaseOf, withPhase, type MethodDraft } from '@/components/authentication-methods/method-draft'
import { RedirectUris } from '@/components/authentication-methods/redirect-uris'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { RedirectUriView } from '@/lib/authentication-methods/views'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

export type SetupTabProps = {
  type: AuthenticationType
  draft: MethodDraft
  onChange: (draft: MethodDraft) => void
  variables: readonly TemplateVariable[]
  filters: readonly string[]
  errors: Record<string, string>
  canChange: boolean
}

/** *URLs*: where the type's own requests go, and the redirect URIs to register at the third party. */
export function UrlsTab({ type, draft, onChange, errors, canChange, redirectUris, ...template }: SetupTabProps & { redirectUris: RedirectUriView }) {
  const { urls, needsPerson } = authenticationTypeDefinitions[type]
  if (urls.length === 0) {
    return <p className="text-muted">This type makes no requests of its own: its credentials go out with the endpoint requests and the test request.</p>
  }
  return (
    <div className="grid max-w-3xl gap-5">
      {urls.map((field) => (
        <TemplateField
          key={field.phase}
          name={`phases.${field.phase}.url`}
          label={field.label}
          help={field.helpText}
          required={field.required}
          maxLength={2048}
          placeholder="https://"
          readOnly={!canChange}
          value={phaseOf(draft, field.phase).url ?? ''}
          onValueChange={(url) => onChange(withPhase(draft, field.phase, { url }))}
          error={errors[`phases.${field.phase}.url`]}
          {...template}
        />
      ))}
      {needsPerson !== 'never' && <RedirectUris view={redirectUris} />}
    </div>
  )
}
