'use client'

import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { IconButton } from '@/components/ui/icon-button'
import { renameImportItemAction } from '@/lib/imports/import-actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type RenameItemProps = { importId: string; itemId: string; name: string; newName: string }

export function RenameItem({ importId, itemId, name, newName }: RenameItemProps) {
  const shown = newName || name
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState(shown)
  const [error, setError] = useState('')
  const [rename, pending] = useAction(renameImportItemAction, unansweredResult)
  const show = (next: boolean) => {
    setTyped(shown)
    setError('')
    setOpen(next)
  }
  const save = async () => {
    const answer = await rename({ importId, itemId, name: typed })
    if (answer.ok) setOpen(false)
    else setError(answer.error.message)
  }
  return (
    <Dialog
      title={`Rename ${shown}`}
      open={open}
      onOpenChange={show}
      trigger={
        <IconButton label={`Rename ${shown}`} size="sm">
          <Pencil aria-hidden />
        </IconButton>
      }
      footer={
        <Button variant="primary" pending={pending} onClick={() => void save()}>
          Save name
        </Button>
      }
    >
      <TextField
        name="name"
        label="Name"
        help={`In the document: ${name}. Leave empty for that.`}
        maxLength={120}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && void save()}
        error={error || undefined}
      />
    </Dialog>
  )
}
