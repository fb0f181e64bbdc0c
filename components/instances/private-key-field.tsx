'use client'

import { useState } from 'react'
import { FileButton } from '@/components/forms/file-button'
import { SecretField } from '@/components/forms/secret-field'

type PrivateKeyFieldProps = { keyPem: string; onChange: (keyPem: string) => void; error?: string }

/** The key of a certificate, pasted or read from a file. */
export function PrivateKeyField({ keyPem, onChange, error }: PrivateKeyFieldProps) {
  const [files, setFiles] = useState(0)
  const read = async (file: File) => {
    onChange(await file.text())
    // The field manages its own text, so a new field is created that starts with the contents of the file.
    setFiles((count) => count + 1)
  }
  return (
    <div className="relative">
      <SecretField
        key={files}
        name="certificate.keyPem"
        label="Private key (PEM)"
        multiline
        typedBefore={keyPem}
        onValueChange={(typed) => onChange(typed ?? '')}
        error={error}
        help="Sealed when it is saved, and never shown again."
      />
      <span className="absolute -top-1.5 right-0">
        <FileButton label="Choose a file for Private key (PEM)" accept=".pem,.key,.txt" onFile={read}>
          Choose a file
        </FileButton>
      </span>
    </div>
  )
}
