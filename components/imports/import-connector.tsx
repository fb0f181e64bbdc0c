'use client'

import { useState } from 'react'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { CancelImport } from '@/components/imports/cancel-import'
import { ImportInstances, type InstancesChoice } from '@/components/imports/import-instances'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/section'
import { confirmImportAction, nameImportAction } from '@/lib/imports/import-actions'
import type { ImportView } from '@/lib/imports/import-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type ImportConnectorProps = Pick<ImportView, 'id' | 'format' | 'baseUrl' | 'name' | 'versionLabel' | 'instances'>

/** The connector that will be added: its name and version label, and adding it with what was chosen. */
export function ImportConnector({ id, format, baseUrl, name, versionLabel, instances }: ImportConnectorProps) {
  const [stored, setStored] = useState({ name, versionLabel })
  const [typed, setTyped] = useState(stored)
  const [error, setError] = useState('')
  const [refusal, setRefusal] = useState('')
  const [choice, setChoice] = useState<InstancesChoice | null>(null)
  const [missing, setMissing] = useState('')
  const [save, saving] = useAction(nameImportAction, unansweredResult)
  const [confirm, confirming] = useAction(confirmImportAction, unansweredResult)
  // Not by a key on this component, which would forget the refusal of an import that was renamed first.
  if (stored.name !== name || stored.versionLabel !== versionLabel) {
    setStored({ name, versionLabel })
    setTyped({ name, versionLabel })
  }
  const isChanged = typed.name !== name || typed.versionLabel !== versionLabel
  const rename = async () => {
    setRefusal('')
    const answer = await save({ importId: id, ...typed })
    setError(answer.ok ? '' : answer.error.message)
    return answer.ok
  }
  const begin = async () => {
    setRefusal('')
    if (isChanged && !(await rename())) return
    const answer = await confirm({ importId: id, instances: choice })
    if (answer.ok) return
    if (answer.error.field === 'instances') setMissing(answer.error.message)
    else setRefusal(answer.error.message)
  }
  return (
    <Section
      title="Connector"
      actions={
        <>
          <CancelImport importId={id} />
          <Button variant="primary" pending={saving || confirming} onClick={() => void begin()}>
            Import connector
          </Button>
        </>
      }
    >
      {refusal && <Alert tone="bad">{refusal}</Alert>}
      <KeyValueList
        items={[
          { label: 'Format', value: format },
          { label: 'Base URL', value: baseUrl ? <code className="break-all">{baseUrl}</code> : null },
        ]}
      />
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
          <Button type="submit" pending={saving} disabled={!isChanged}>
            Rename
          </Button>
        </div>
      </form>
      <ImportInstances
        instances={instances}
        value={choice}
        error={missing || undefined}
        onChange={(chosen) => (setChoice(chosen), setMissing(''))}
      />
    </Section>
  )
}
