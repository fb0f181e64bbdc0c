import { Alert } from '@/components/ui/alert'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import type { CertificateView } from '@/lib/instances/views'

function day(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

/** The stored certificate: its subject, its issuer and its validity. */
export function CertificateFacts({ certificate }: { certificate: CertificateView }) {
  const {
    hasClientCertificate,
    hasCa,
    subject,
    issuer,
    fingerprint,
    validFrom,
    validTo,
    uploadedAt,
    uploadedBy,
    warning,
    expired,
  } = certificate
  return (
    <div className="grid gap-4">
      {warning && <Alert tone={expired ? 'bad' : 'warn'}>{warning}</Alert>}
      <KeyValueList
        items={[
          {
            label: 'Kind',
            value: hasClientCertificate
              ? `Client certificate with its key${hasCa ? ', and a private CA' : ''}`
              : 'Private CA',
          },
          { label: 'Subject', value: subject },
          { label: 'Issuer', value: issuer },
          { label: 'Fingerprint', value: <code className="break-all">{fingerprint}</code> },
          { label: 'Valid', value: validFrom && validTo ? `${day(validFrom)} to ${day(validTo)}` : null },
          {
            label: 'Uploaded',
            value: (
              <>
                <RelativeTime at={uploadedAt} />
                {uploadedBy && ` by ${uploadedBy}`}
              </>
            ),
          },
        ]}
      />
    </div>
  )
}
