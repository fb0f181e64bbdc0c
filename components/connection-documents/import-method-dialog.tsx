'use client'

import { FileInput } from 'lucide-react'
import { useState } from 'react'
import { DocumentField } from '@/components/connection-documents/document-field'
import { ImportTarget, type Target } from '@/components/connection-documents/import-target'
import { MethodPreview } from '@/components/connection-documents/method-preview'
import { useAction } from '@/components/forms/use-action'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { importMethodAction, previewMethodDocumentAction, replaceMethodAction } from '@/lib/imports/document-actions'
import type { MethodPreview as Preview } from '@/lib/imports/document-views'
import { unansweredForm, unansweredResult } from '@/lib/platform/forms/unanswered'

/** *Import* on the Authentication section: paste a document, see what it would add or change, and confirm. */
export function ImportMethodDialog({ connectorId }: { connectorId: string }) {
  const [document, setDocument] = useState('')
  const [preview, setPreview] = useState<Preview | null>(null)
  const [target, setTarget] = useState<Target>({ kind: 'new', name: '' })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [question, setQuestion] = useState('')
  const [previewDocument, reading] = useAction(previewMethodDocumentAction, unansweredResult)
  const [importMethod, importing] = useAction(importMethodAction, unansweredForm)
  const [replaceMethod, replacing] = useAction(replaceMethodAction, unansweredResult)
  const pending = reading || importing || replacing

  const begin = (text: string) => {
    setDocument(text)
    setPreview(null)
    choose({ kind: 'new', name: '' })
  }
  const choose = (next: Target) => {
    setTarget(next)
    setErrors({})
    setQuestion('')
  }
  const read = async () => {
    const answer = await previewDocument({ connectorId, document })
    if (!answer.ok) return setErrors({ document: answer.error.message })
    setPreview(answer.value)
    choose({ kind: 'new', name: answer.value.existing ? `${answer.value.name} (imported)` : answer.value.name })
  }
  const add = async (name: string) => {
    const answer = await importMethod({ connectorId, document, name })
    if (answer.status === 'invalid')
      setErrors(answer.message ? { document: answer.message, ...answer.fieldErrors } : answer.fieldErrors)
  }
  const replace = async ({ id: methodId, revision }: NonNullable<Preview['existing']>, confirmed: boolean) => {
    const answer = await replaceMethod({ connectorId, methodId, revision, document, confirmed })
    if (answer.ok) return
    if (answer.error.code === 'confirmation_needed') return setQuestion(answer.error.message)
    setErrors({ document: answer.error.message })
  }

  return (
    <Dialog
      title="Import an authentication method"
      description="Paste a connection document: a method exported here or elsewhere. It contains no credentials."
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
            {target.kind === 'replace' && preview.existing ? (
              <Button variant="primary" pending={pending} onClick={() => replace(preview.existing!, question !== '')}>
                {question === '' ? `Replace ${preview.existing.name}` : 'Replace and send it there'}
              </Button>
            ) : (
              <Button variant="primary" pending={pending} onClick={() => target.kind === 'new' && add(target.name)}>
                Import method
              </Button>
            )}
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
          {errors.document && <Alert tone="bad">{errors.document}</Alert>}
          {question && (
            <Alert tone="warn" title="Credentials would go to another host">
              {question}
            </Alert>
          )}
          <ImportTarget preview={preview} target={target} onTarget={choose} nameError={errors.name} />
          <MethodPreview preview={preview} />
        </div>
      ) : (
        <DocumentField value={document} onValueChange={begin} error={errors.document} />
      )}
    </Dialog>
  )
}
