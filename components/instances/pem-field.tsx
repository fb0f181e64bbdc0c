'use client'

import { FileButton } from '@/components/forms/file-button'
import { Field } from '@/components/forms/field'
import { Textarea } from '@/components/ui/textarea'

type PemFieldProps = {
  name: string
  label: string
  help: string
  value: string
  onChange: (value: string) => void
  error?: string
}

/** PEM text, pasted or read from a file. */
export function PemField({ name, label, help, value, onChange, error }: PemFieldProps) {
  return (
    <Field
      label={label}
      help={help}
      error={error}
      aside={
        <FileButton
          label={`Choose a file for ${label}`}
          accept=".pem,.crt,.cer,.key,.txt"
          onFile={async (file) => onChange(await file.text())}
        >
          Choose a file
        </FileButton>
      }
    >
      {(control) => (
        <Textarea
          {...control}
          name={name}
          mono
          rows={4}
          spellCheck={false}
          autoComplete="off"
          placeholder="-----BEGIN CERTIFICATE-----"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
