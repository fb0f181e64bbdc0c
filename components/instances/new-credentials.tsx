'use client'

import type { ReactNode } from 'react'
import { CertificateFields } from '@/components/instances/certificate-fields'
import { emptyUpload } from '@/components/instances/certificate-draft'
import { CredentialFields } from '@/components/instances/credential-fields'
import { FoldedFields } from '@/components/instances/folded-fields'
import type { NewInstance } from '@/components/instances/use-new-instance'
import type { MethodChoice } from '@/lib/instances/views'

type NewCredentialsProps = {
  method: MethodChoice
  instance: NewInstance
  redirectUris: ReactNode
  /** More fields that most people do not change. */
  advanced: ReactNode
  advancedOpen: boolean
}

/** What the chosen method needs from an instance. */
export function NewCredentials({ method, instance, redirectUris, advanced, advancedOpen }: NewCredentialsProps) {
  const { draft, errors, change } = instance
  const upload = draft.certificate.kind === 'replace' ? draft.certificate.upload : emptyUpload
  const wrongCertificate = Object.keys(errors).some((field) => field.startsWith('certificate'))
  return (
    <>
      {method.needsPerson && redirectUris}
      <CredentialFields
        key={method.id}
        fields={method.fields}
        typed={draft.typed[method.id] ?? {}}
        onChange={(typed) => change({ ...draft, typed: { ...draft.typed, [method.id]: typed } })}
        errors={errors}
        canChange
        advanced={advanced}
        advancedOpen={advancedOpen}
      />
      <FoldedFields title="Client certificate" open={wrongCertificate || method.fields.main.length === 0}>
        <CertificateFields
          upload={upload}
          onChange={(next) => change({ ...draft, certificate: { kind: 'replace', upload: next } })}
          errors={errors}
        />
      </FoldedFields>
    </>
  )
}
