'use client'

import { FileInput } from 'lucide-react'
import { useState, useTransition } from 'react'
import { DocumentField } from '@/components/connection-documents/document-field'
import { MethodPreview } from '@/components/connection-documents/method-preview'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { importMethodAction, previewMethodDocumentAction } from '@/lib/connection-documents/actions'
import type { MethodPreview as Preview } from '@/lib/connection-documents/views'
import { answered, answeredResult } from '@/lib/forms/answered'

/** *Import* on the Authentication section: paste a document, see what it would add, add it. */
export function ImportMethodDialog({ connectorId }: { connectorId: string }) {
  const [document, setDocument] = useState('')
  const [name, setName] = useState('')
  const [preview, setPreview] = useState<Preview | null>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [pending, startTransition] = useTransition()

  const change = (text: string) => {
    setDocument(text)
    setPreview(null)
    setErrors({})
  }
  const read = () =>
    startTransition(async () => {
      const answer = await answeredResult(previewMethodDocumentAction({ connectorId, document }))
      if (answer.ok) {
        setPreview(answer.value)
        setName(answer.value.existing ? `${answer.value.name} (imported)` : answer.value.name)
        return setErrors({})
      }
      setErrors({ document: answer.error.message })
    })
  const add = () =>
    startTransition(async () => {
      const answer = await answered(importMethodAction({ connectorId, document, name }))
      if (answer.status === 'invalid') setErrors(answer.message ? { document: answer.message, ...answer.fieldErrors } : answer.fieldErrors)
    })

  return (
    <Dialog
      title="Import an authentication method"
      description="Paste a connection document: a method exported here or elsewhere. It holds no credentials."
      size="lg"
      trigger={
        <Button>
          <FileInput aria-hidden />
          Import
        </Button>
      }
      footer={
        preview ? (
          <>
            <Button onClick={() => setPreview(null)}>Back to the document</Button>
            <Button variant="primary" pending={pending} onClick={add}>
              Import method
            </Button>
          </>
        ) : (
          <Button variant="primary" pending={pending} disabled={document.trim() === ''} onClick={read}>
            Read document
          </Button>
        )
      }
    >
      {preview ? (
        <div className="grid gap-5">
          <TextField name="name" label="Name of the new method" required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} error={errors.name ?? errors.document} />
          <MethodPreview preview={preview} />
        </div>
      ) : (
        <DocumentField value={document} onValueChange={change} error={errors.document} />
      )}
    </Dialog>
  )
}
