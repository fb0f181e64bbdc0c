'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { FieldVersions } from '@/components/imports/field-versions'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'
import { chooseImportItemsAction, getImportItemAction } from '@/lib/imports/import-actions'
import type { ImportItemDetail, ImportItemView } from '@/lib/imports/import-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type ItemChangesProps = { importId: string; item: ImportItemView }

/** What the document changes in one item, field by field, read when a person asks for it. */
export function ItemChanges({ importId, item }: ItemChangesProps) {
  const [open, setOpen] = useState(false)
  const [detail, setDetail] = useState<ImportItemDetail | null>(null)
  const [refusal, setRefusal] = useState('')
  const [read] = useAction(getImportItemAction, unansweredResult)
  const [choose, choosing] = useAction(chooseImportItemsAction, unansweredResult)
  const { id: itemId, takesDocument, conflicts } = item
  const shown = item.newName || item.name
  const show = async (next: boolean) => {
    setOpen(next)
    if (!next) return
    setRefusal('')
    setDetail(null)
    const answer = await read({ importId, itemId })
    if (answer.ok) setDetail(answer.value)
    else setRefusal(answer.error.message)
  }
  const take = async (document: boolean) => {
    setRefusal('')
    const answer = await choose({ importId, itemId, takesDocument: document })
    if (answer.ok) setOpen(false)
    else setRefusal(answer.error.message)
  }
  return (
    <Dialog
      title={shown}
      open={open}
      onOpenChange={(next) => void show(next)}
      trigger={
        <Button size="sm" aria-label={`Details of ${shown}`}>
          Details
        </Button>
      }
      footer={
        conflicts > 0 ? (
          <>
            <Button pending={choosing} variant={takesDocument ? undefined : 'primary'} onClick={() => void take(false)}>
              Keep what is here
            </Button>
            <Button pending={choosing} variant={takesDocument ? 'primary' : undefined} onClick={() => void take(true)}>
              Take the document’s
            </Button>
          </>
        ) : (
          <Button onClick={() => setOpen(false)}>Close</Button>
        )
      }
    >
      <div className="grid gap-4">
        {refusal && <Alert tone="bad">{refusal}</Alert>}
        {detail === null && !refusal && <Spinner label="Reading what changes" />}
        {detail?.added && <CodeBlock label="In the document" code={detail.added} />}
        {detail?.fields.map((field) => (
          <FieldVersions key={field.path.join('\n')} field={field} takesDocument={takesDocument} />
        ))}
      </div>
    </Dialog>
  )
}
