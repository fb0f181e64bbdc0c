'use client'

import { FileBadge } from 'lucide-react'
import { CertificateFacts } from '@/components/instances/certificate-facts'
import { CertificateFields } from '@/components/instances/certificate-fields'
import { emptyUpload, keepCertificate, type CertificateDraft } from '@/components/instances/certificate-draft'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { CertificateView } from '@/lib/instances/views'

type CertificatesTabProps = {
  certificate: CertificateView | null
  /** Whether a new certificate is waiting for the authorisation. */
  waiting: boolean
  draft: CertificateDraft
  onChange: (draft: CertificateDraft) => void
  errors: Record<string, string>
  canChange: boolean
}

/** *Certificates*: staged here, and stored together with everything else by *Save instance settings*. */
export function CertificatesTab({ certificate, waiting, draft, onChange, errors, canChange }: CertificatesTabProps) {
  const replace = () => onChange({ kind: 'replace', upload: emptyUpload })
  const keep = () => onChange(keepCertificate)
  return (
    <div className="grid max-w-2xl gap-5">
      {errors.certificate && <Alert tone="bad">{errors.certificate}</Alert>}
      {waiting && draft.kind === 'keep' && (
        <Alert tone="info">A new certificate is waiting for the authorisation.</Alert>
      )}
      {draft.kind === 'keep' && certificate && <CertificateFacts certificate={certificate} />}
      {draft.kind === 'keep' && certificate && canChange && (
        <div className="flex flex-wrap gap-2" data-field="certificate" tabIndex={-1}>
          <Button onClick={replace}>Replace certificate</Button>
          <Button variant="danger-quiet" onClick={() => onChange({ kind: 'remove' })}>
            Remove certificate
          </Button>
        </div>
      )}
      {draft.kind === 'keep' && !certificate && (
        <EmptyState
          icon={FileBadge}
          title="No certificate"
          actions={canChange && <Button onClick={replace}>Add certificate</Button>}
        >
          Some APIs identify their callers by a client certificate (mutual TLS), or have a server certificate from a
          private authority. A certificate added here is used for authentication and for every request of this instance.
        </EmptyState>
      )}
      {draft.kind === 'remove' && (
        <Alert
          tone="warn"
          title="The certificate will be removed when you save"
          actions={<Button onClick={keep}>Keep it</Button>}
        >
          Requests of this instance are then sent without it.
        </Alert>
      )}
      {draft.kind === 'replace' && (
        <>
          {certificate && (
            <Alert tone="info">
              When you save, the certificate, key and private CA that you add here replace all of the stored ones.
            </Alert>
          )}
          <CertificateFields
            upload={draft.upload}
            onChange={(upload) => onChange({ kind: 'replace', upload })}
            errors={errors}
          />
          <div>
            <Button onClick={keep}>{certificate ? 'Keep the stored certificate' : 'Cancel'}</Button>
          </div>
        </>
      )}
    </div>
  )
}
