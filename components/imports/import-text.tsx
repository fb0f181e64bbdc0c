'use client'

import { useState } from 'react'
import { TextareaField } from '@/components/forms/textarea-field'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { startImportAction } from '@/lib/imports/import-actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type ImportTextProps = {
  kind: 'url' | 'text'
  /** The connector that the document updates; null if it adds one. */
  updates: string | null
  /** What is in the field at first. */
  initial?: string
}

/** The document at an address, or pasted text. */
export function ImportText({ kind, updates, initial = '' }: ImportTextProps) {
  const [value, setValue] = useState(initial)
  const [error, setError] = useState('')
  const [start, pending] = useAction(startImportAction, unansweredResult)
  const begin = async () => {
    const answer = await start({ ...(kind === 'url' ? { url: value } : { text: value }), updates })
    if (!answer.ok) setError(answer.error.message)
  }
  const change = (typed: string) => {
    setValue(typed)
    setError('')
  }
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void begin()
      }}
    >
      {kind === 'url' ? (
        <TextField
          name="url"
          label="Address of the document"
          help="It is loaded once, without credentials, and so are the files that it refers to."
          placeholder="https://api.example.com/openapi.json"
          type="url"
          maxLength={2048}
          value={value}
          onChange={(event) => change(event.target.value)}
          error={error || undefined}
        />
      ) : (
        <TextareaField
          name="text"
          label="Document"
          help={
            <>
              OpenAPI, a Postman collection or a connection document, as JSON or YAML, up to 1,000,000 characters. See
              the{' '}
              <a className="underline" href="/connection-document.schema.json" target="_blank">
                JSON Schema
              </a>{' '}
              of connection documents.
            </>
          }
          rows={8}
          spellCheck={false}
          mono
          value={value}
          onChange={(event) => change(event.target.value)}
          error={error || undefined}
        />
      )}
      <div>
        <Button type="submit" pending={pending} disabled={value.trim() === ''}>
          {kind === 'url' ? 'Read this address' : 'Read this document'}
        </Button>
      </div>
    </form>
  )
}
