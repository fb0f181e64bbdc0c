'use client'

import type { ReactNode } from 'react'
import { CertificateFields } from '@/components/instances/certificate-fields'
import { emptyUpload } from '@/components/instances/certificate-draft'
import { CredentialFields } from '@/components/instances/credential-fields'
import { FoldedFields } from '@/components/instances/folded-fields'
import type { Wizard } from '@/components/instances/use-wizard'
import { VerificationAlert } from '@/components/instances/verification-alert'
import { Button } from '@/components/ui/button'

type CredentialsStepProps = { connectorName: string; wizard: Wizard; redirectUris: ReactNode }

/** What the chosen method asks, and what the third party said of it. */
export function CredentialsStep({ connectorName, wizard, redirectUris }: CredentialsStepProps) {
  const { draft, method, errors, report, change } = wizard
  if (!method) return null
  const upload = draft.certificate.kind === 'replace' ? draft.certificate.upload : emptyUpload
  const wrongCertificate = Object.keys(errors).some((field) => field.startsWith('certificate'))
  const isAsked = method.fields.main.length + method.fields.advanced.length > 0
  return (
    <>
      {report && (
        <VerificationAlert
          report={report}
          refused="the instance was not added"
          actions={
            report.outcome !== 'rejected' && (
              <Button pending={wizard.creating} onClick={wizard.createWithoutVerifying}>
                Save without verifying
              </Button>
            )
          }
        />
      )}
      <p className="text-muted">
        {method.needsPerson
          ? `For ${method.name}. You are sent to ${connectorName} next, to authorise this instance there.`
          : `For ${method.name}. They are verified with ${connectorName} before anything is stored.`}
      </p>
      <CredentialFields
        key={method.id}
        fields={method.fields}
        typed={draft.typed[method.id] ?? {}}
        onChange={(typed) => change({ ...draft, typed: { ...draft.typed, [method.id]: typed } })}
        errors={errors}
        canChange
      />
      <FoldedFields title="Client certificate" open={wrongCertificate || !isAsked}>
        <CertificateFields upload={upload} onChange={(next) => change({ ...draft, certificate: { kind: 'replace', upload: next } })} errors={errors} />
      </FoldedFields>
      {method.needsPerson && redirectUris}
    </>
  )
}
