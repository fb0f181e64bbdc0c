'use client'

import type { ReactNode } from 'react'
import { CertificateFields } from '@/components/instances/certificate-fields'
import { emptyUpload } from '@/components/instances/certificate-draft'
import { CredentialFields } from '@/components/instances/credential-fields'
import { FoldedFields } from '@/components/instances/folded-fields'
import type { Wizard } from '@/components/instances/use-wizard'
import { VerificationAlert } from '@/components/instances/verification-alert'
import { Button } from '@/components/ui/button'
import type { MethodChoice } from '@/lib/instances/views'

type CredentialsStepProps = { connectorName: string; wizard: Wizard; redirectUris: ReactNode }

function whatComesNext({ name, needsPerson, hasTestRequest }: MethodChoice, connectorName: string): string {
  if (needsPerson) return `For “${name}”. You are sent to ${connectorName} next, to authorise this instance there.`
  if (hasTestRequest) return `For “${name}”. They are verified with ${connectorName} before anything is stored.`
  return `For “${name}”. This method has no test request, so they can only be saved without being verified.`
}

/** What the chosen method asks, and what the third party said of it. */
export function CredentialsStep({ connectorName, wizard, redirectUris }: CredentialsStepProps) {
  const { draft, method, errors, report, change } = wizard
  if (!method) return null
  const upload = draft.certificate.kind === 'replace' ? draft.certificate.upload : emptyUpload
  const wrongCertificate = Object.keys(errors).some((field) => field.startsWith('certificate'))
  const isAsked = method.fields.main.length > 0
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
      <p className="text-muted">{whatComesNext(method, connectorName)}</p>
      <CredentialFields
        key={method.id}
        fields={method.fields}
        typed={draft.typed[method.id] ?? {}}
        onChange={(typed) => change({ ...draft, typed: { ...draft.typed, [method.id]: typed } })}
        errors={errors}
        canChange
      />
      <FoldedFields title="Client certificate" open={wrongCertificate || !isAsked}>
        <CertificateFields
          upload={upload}
          onChange={(next) => change({ ...draft, certificate: { kind: 'replace', upload: next } })}
          errors={errors}
        />
      </FoldedFields>
      {method.needsPerson && redirectUris}
    </>
  )
}
