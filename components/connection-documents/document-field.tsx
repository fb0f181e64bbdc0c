'use client'

import { FileButton } from '@/components/forms/file-button'
import { TextareaField } from '@/components/forms/textarea-field'

type DocumentFieldProps = {
  value: string
  onValueChange: (value: string) => void
  error?: string
}

/** Where a connection document is pasted, or read from a file. */
export function DocumentField({ value, onValueChange, error }: DocumentFieldProps) {
  return (
    <div className="grid gap-2">
      <TextareaField
        name="document"
        label="Connection document"
        help={
          <>
            YAML or JSON. See the{' '}
            <a className="underline" href="/connection-document.schema.json" target="_blank">
              JSON Schema
            </a>{' '}
            of connection documents.
          </>
        }
        required
        rows={12}
        spellCheck={false}
        mono
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        error={error}
      />
      <div>
        <FileButton
          label="Choose a connection document"
          accept=".yaml,.yml,.json,application/json,text/yaml"
          mostKibibytes={1024}
          onFile={async (file) => onValueChange(await file.text())}
        >
          Choose a file
        </FileButton>
      </div>
    </div>
  )
}
