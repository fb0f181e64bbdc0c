'use client'

import { FileButton } from '@/components/forms/file-button'

type Pkcs12FieldProps = { fileName: string; onChange: (file: { base64: string; name: string }) => void; error?: string }

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** A .p12 or .pfx file: certificate and key in one. */
export function Pkcs12Field({ fileName, onChange, error }: Pkcs12FieldProps) {
  return (
    <div className="grid gap-1.5">
      <span className="text-sm font-medium">PKCS#12 file</span>
      <div className="flex flex-wrap items-center gap-3" data-field="certificate.pkcs12" tabIndex={-1}>
        <FileButton
          label="PKCS#12 file"
          accept=".p12,.pfx"
          onFile={async (file) => onChange({ base64: await base64Of(file), name: file.name })}
        >
          Choose a file
        </FileButton>
        <span className="min-w-0 text-sm break-all text-muted" role="status">
          {fileName === '' ? 'No file chosen' : fileName}
        </span>
      </div>
      {error && <p className="text-sm text-bad">{error}</p>}
    </div>
  )
}
