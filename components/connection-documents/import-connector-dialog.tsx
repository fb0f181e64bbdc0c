'use client'

import { useState } from 'react'
import { DocumentField } from '@/components/connection-documents/document-field'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { importConnectorAction } from '@/lib/imports/document-actions'
import { unansweredForm } from '@/lib/platform/forms/unanswered'

type ImportConnectorDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** A whole connector from a document: its methods, endpoints and toggles, all or nothing. */
export function ImportConnectorDialog({ open, onOpenChange }: ImportConnectorDialogProps) {
  const [document, setDocument] = useState('')
  const [name, setName] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [importConnector, pending] = useAction(importConnectorAction, unansweredForm)
  const add = async () => {
    const answer = await importConnector({ document, name })
    if (answer.status === 'invalid')
      setErrors(answer.message ? { document: answer.message, ...answer.fieldErrors } : answer.fieldErrors)
  }
  return (
    <Dialog
      title="Import a connector"
      description="Paste a connection document of a whole connector. It contains no credentials."
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
        <DocumentField
          value={document}
          onValueChange={(text) => {
            setDocument(text)
            setErrors({})
          }}
          error={errors.document}
        />
        <TextField
          name="name"
          label="Name (optional)"
          help="Default: the name in the document."
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
        />
      </div>
    </Dialog>
  )
}
