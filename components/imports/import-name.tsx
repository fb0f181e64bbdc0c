'use client'

import { useState } from 'react'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { nameImportAction } from '@/lib/imports/import-actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type ImportNameProps = { importId: string; name: string; versionLabel: string }

/** Name and version label of the connector that will be added. */
export function ImportName({ importId, name, versionLabel }: ImportNameProps) {
  const [typed, setTyped] = useState({ name, versionLabel })
  const [error, setError] = useState('')
  const [save, pending] = useAction(nameImportAction, unansweredResult)
  const isChanged = typed.name !== name || typed.versionLabel !== versionLabel
  const rename = async () => {
    const answer = await save({ importId, ...typed })
    setError(answer.ok ? '' : answer.error.message)
  }
  return (
    <form
      className="grid items-end gap-3 sm:grid-cols-[minmax(0,20rem)_10rem_auto]"
      onSubmit={(event) => {
        event.preventDefault()
        void rename()
      }}
    >
      <TextField
        name="name"
        label="Name of the connector"
        maxLength={120}
        value={typed.name}
        onChange={(event) => setTyped({ ...typed, name: event.target.value })}
        error={error || undefined}
      />
      <TextField
        name="versionLabel"
        label="Version"
        maxLength={40}
        value={typed.versionLabel}
        onChange={(event) => setTyped({ ...typed, versionLabel: event.target.value })}
      />
      <div>
        <Button type="submit" pending={pending} disabled={!isChanged}>
          Rename
        </Button>
      </div>
    </form>
  )
}
