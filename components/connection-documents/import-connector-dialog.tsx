'use client'

import { useEffect, useRef, useState } from 'react'
import { ConnectorPreview } from '@/components/connection-documents/connector-preview'
import { DocumentField } from '@/components/connection-documents/document-field'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'
import { importConnectorAction, previewConnectorDocumentAction } from '@/lib/imports/document-actions'
import type { ConnectorPreview as Preview } from '@/lib/imports/preview-views'
import { unansweredForm, unansweredResult } from '@/lib/platform/forms/unanswered'

type ImportConnectorDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Typing is over for this long before the document is read. */
const pauseMs = 400

/** A whole connector from a document, shown before it is added: its methods, endpoints and toggles, all or nothing. */
export function ImportConnectorDialog({ open, onOpenChange }: ImportConnectorDialogProps) {
  const [document, setDocument] = useState('')
  const [name, setName] = useState('')
  const [preview, setPreview] = useState<Preview | null>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [importConnector, pending] = useAction(importConnectorAction, unansweredForm)
  const [previewDocument, reading] = useAction(previewConnectorDocumentAction, unansweredResult)
  const latest = useRef('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const read = async (text: string) => {
    const answer = await previewDocument({ document: text, name: '' })
    if (latest.current !== text) return
    if (answer.ok) setPreview(answer.value)
    else setErrors({ document: answer.error.message })
  }
  const begin = (text: string) => {
    latest.current = text
    setDocument(text)
    setPreview(null)
    setErrors({})
    clearTimeout(timer.current)
    if (text.trim() !== '') timer.current = setTimeout(() => void read(text), pauseMs)
  }
  const add = async () => {
    const answer = await importConnector({ document, name })
    if (answer.status === 'invalid')
      setErrors(answer.message ? { document: answer.message, ...answer.fieldErrors } : answer.fieldErrors)
  }
  return (
    <Dialog
      title="Import a connector"
      description="Paste an OpenAPI document, or a connection document of a whole connector. Neither contains credentials."
      size="lg"
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <Button variant="primary" pending={pending} disabled={document.trim() === ''} onClick={add}>
          Import connector
        </Button>
      }
    >
      <div className="grid gap-5">
        <DocumentField value={document} onValueChange={begin} error={errors.document} readsOpenApi />
        <TextField
          name="name"
          label="Name (optional)"
          help="Default: the name in the document."
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
        />
        {reading && preview === null && <Spinner label="Reading the document" />}
        {preview && <ConnectorPreview preview={preview} />}
      </div>
    </Dialog>
  )
}
