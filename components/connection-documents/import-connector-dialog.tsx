'use client'

import { useState } from 'react'
import { ConnectorPreview } from '@/components/connection-documents/connector-preview'
import { DocumentField } from '@/components/connection-documents/document-field'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'
import { useSearch } from '@/components/ui/use-search'
import { importConnectorAction, previewConnectorDocumentAction } from '@/lib/imports/document-actions'
import type { ConnectorPreview as Preview } from '@/lib/imports/import-views'
import { unansweredForm, unansweredResult } from '@/lib/platform/forms/unanswered'

type ImportConnectorDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

type ReadDocument = { preview: Preview } | { refusal: string }

/** Typing is over for this long before the document is read. */
const pauseMs = 400

/** A whole connector from a document, shown before it is added: its methods, endpoints and toggles, all or nothing. */
export function ImportConnectorDialog({ open, onOpenChange }: ImportConnectorDialogProps) {
  const [document, setDocument] = useState('')
  const [name, setName] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [importConnector, pending] = useAction(importConnectorAction, unansweredForm)
  const [previewDocument] = useAction(previewConnectorDocumentAction, unansweredResult)
  const reading = useSearch<ReadDocument | null>(
    null,
    async (text) => {
      const answer = await previewDocument({ document: text, name: '' })
      return answer.ok ? { preview: answer.value } : { refusal: answer.error.message }
    },
    pauseMs,
  )
  const read = reading.text === document ? reading.found : null
  const refusal = read && 'refusal' in read ? read.refusal : undefined
  const begin = (text: string) => {
    setDocument(text)
    setErrors({})
    reading.search(text.trim() === '' ? '' : text)
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
        <DocumentField value={document} onValueChange={begin} error={errors.document ?? refusal} readsOpenApi />
        <TextField
          name="name"
          label="Name (optional)"
          help="Default: the name in the document."
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
        />
        {reading.pending && read === null && <Spinner label="Reading the document" />}
        {read && 'preview' in read && <ConnectorPreview preview={read.preview} />}
      </div>
    </Dialog>
  )
}
