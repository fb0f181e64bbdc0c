'use client'

import { PrivateKeyField } from '@/components/instances/private-key-field'
import { PemField } from '@/components/instances/pem-field'
import { Pkcs12Field } from '@/components/instances/pkcs12-field'
import type { CertificateUpload } from '@/components/instances/certificate-draft'
import { RadioGroupField } from '@/components/forms/radio-group-field'
import { SecretField } from '@/components/forms/secret-field'

type CertificateFieldsProps = {
  upload: CertificateUpload
  onChange: (upload: CertificateUpload) => void
  errors: Record<string, string>
}

const kinds = [
  { value: 'pem', label: 'PEM', description: 'Certificate and private key as text.' },
  { value: 'pkcs12', label: 'PKCS#12', description: 'One .p12 or .pfx file with a passphrase.' },
]

/** A client certificate with its key, and a private CA. They are read and checked when the form is saved or tested. */
export function CertificateFields({ upload, onChange, errors }: CertificateFieldsProps) {
  const change = (part: Partial<CertificateUpload>) => onChange({ ...upload, ...part })
  const error = (field: string) => errors[`certificate.${field}`]
  return (
    <>
      <RadioGroupField
        name="certificate.kind"
        label="Format"
        options={kinds}
        value={upload.kind}
        onValueChange={(kind) => change({ kind: kind as CertificateUpload['kind'] })}
      />
      {upload.kind === 'pem' ? (
        <>
          <PemField
            name="certificate.pem"
            label="Certificate (PEM)"
            help="The client certificate, with its chain if it has one. The text may also contain the key."
            value={upload.pem}
            onChange={(pem) => change({ pem })}
            error={error('pem')}
          />
          <PrivateKeyField keyPem={upload.keyPem} onChange={(keyPem) => change({ keyPem })} error={error('keyPem')} />
        </>
      ) : (
        <Pkcs12Field
          fileName={upload.pkcs12Name}
          onChange={({ base64, name }) => change({ pkcs12Base64: base64, pkcs12Name: name })}
          error={error('pkcs12')}
        />
      )}
      <SecretField
        key={upload.kind}
        name="certificate.passphrase"
        label="Passphrase"
        typedBefore={upload.passphrase}
        onValueChange={(passphrase) => change({ passphrase: passphrase ?? '' })}
        error={error('passphrase')}
        help={
          upload.kind === 'pem' ? 'Only for an encrypted key. It is not stored.' : 'Opens the file. It is not stored.'
        }
      />
      <PemField
        name="certificate.caPem"
        label="Private CA (PEM)"
        help="Only needed if the API’s server certificate is signed by a private authority. It is trusted for this instance only."
        value={upload.caPem}
        onChange={(caPem) => change({ caPem })}
        error={error('caPem')}
      />
    </>
  )
}
