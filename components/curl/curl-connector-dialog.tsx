'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { addedNotice } from '@/components/curl/added-notice'
import { CurlField } from '@/components/curl/curl-field'
import { useCurlReading } from '@/components/curl/use-curl-reading'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import { importCurlCommandAction } from '@/lib/instances/actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type CurlConnectorDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** A connector, a method, an endpoint and an instance from a pasted curl command. */
export function CurlConnectorDialog({ open, onOpenChange }: CurlConnectorDialogProps) {
  const router = useRouter()
  const { command, reading, refusal, isReading, paste } = useCurlReading(null)
  /** Null until somebody enters a name: the name of the host is proposed. */
  const [typedName, setTypedName] = useState<string | null>(null)
  const [typedInstance, setTypedInstance] = useState<string | null>(null)
  const [errors, setErrors] = useState<{ field?: string; message: string } | null>(null)
  const [add, pending] = useAction(importCurlCommandAction, unansweredResult)
  const name = typedName ?? reading?.connector.name ?? ''
  const missing = (reading?.credentials ?? []).filter(({ required, isGiven }) => required && !isGiven)
  const instanceName = missing.length > 0 ? '' : (typedInstance ?? name)
  const errorOf = (field: string) => (errors?.field === field ? errors.message : undefined)
  const create = async () => {
    setErrors(null)
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const answer = await add({ command, name, instanceName, timeZone })
    if (!answer.ok) return setErrors(answer.error)
    const hasCredentials = (reading?.credentials ?? []).length > 0
    const { kind, text } = addedNotice(name, answer.value, { hasCredentials })
    toast[kind](text)
    router.push(`/connectors/${answer.value.id}/overview` as Route)
  }
  return (
    <Dialog
      title="Paste a curl command"
      description="It becomes a connector with one authentication method and one endpoint. Credentials are only stored in an instance."
      size="lg"
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <Button variant="primary" pending={pending} disabled={reading === null} onClick={create}>
          Add connector
        </Button>
      }
    >
      <div className="grid gap-5">
        <CurlField
          {...{ command, isReading, reading }}
          onCommand={(text) => (setErrors(null), paste(text))}
          error={refusal ?? (errors?.field === 'name' ? undefined : errors?.message)}
        />
        {reading && (
          <TextField
            name="name"
            label="Connector name"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setTypedName(event.target.value)}
            error={errorOf('name')}
          />
        )}
        {reading && missing.length === 0 && (
          <TextField
            name="instanceName"
            label="Instance name (optional)"
            help="The instance stores the credentials of the command, encrypted. If they cannot be checked, they are stored as Not verified. Leave empty to add none."
            maxLength={120}
            value={instanceName}
            onChange={(event) => setTypedInstance(event.target.value)}
          />
        )}
        {missing.length > 0 && (
          <p className="text-sm text-muted">
            The command has no value for {missing.map(({ displayName }) => displayName).join(', ')}. Add an instance
            after the connector.
          </p>
        )}
      </div>
    </Dialog>
  )
}
