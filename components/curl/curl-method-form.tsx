'use client'

import { useState } from 'react'
import { CurlField } from '@/components/curl/curl-field'
import { useCurlReading } from '@/components/curl/use-curl-reading'
import { FormActions } from '@/components/forms/form-actions'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { importMethodAction } from '@/lib/imports/document-actions'
import { unansweredForm } from '@/lib/platform/forms/unanswered'

/**
 * The authentication method of a pasted curl command. Only its definition is sent to be stored; the credentials are
 * entered in an instance.
 */
export function CurlMethodForm({ connectorId }: { connectorId: string }) {
  const { command, reading, refusal, isReading, paste } = useCurlReading(connectorId)
  const [typedName, setTypedName] = useState<string | null>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [importMethod, pending] = useAction(importMethodAction, unansweredForm)
  const name = typedName ?? reading?.method.name ?? ''
  const known = reading?.methods ?? []
  const create = async () => {
    const answer = await importMethod({ connectorId, document: reading!.method.document, name })
    if (answer.status === 'invalid')
      setErrors(answer.message ? { command: answer.message, ...answer.fieldErrors } : answer.fieldErrors)
  }
  return (
    <div className="grid gap-5">
      <CurlField
        {...{ command, isReading, reading }}
        onCommand={(text) => (setErrors({}), paste(text))}
        error={refusal ?? errors.command ?? errors.document}
      />
      {known.length > 0 && (
        <p className="text-sm text-muted">
          {known.map((method) => `“${method.name}”`).join(', ')} already {known.length === 1 ? 'sends' : 'send'} the
          same kind of credentials.
        </p>
      )}
      {reading && (
        <TextField
          name="methodName"
          label="Method name"
          required
          maxLength={120}
          value={name}
          onChange={(event) => setTypedName(event.target.value)}
          error={errors.name}
          help="The credentials of the command are not stored. Enter them in an instance."
        />
      )}
      <FormActions>
        <Button variant="primary" pending={pending} disabled={reading === null} onClick={create}>
          Create
        </Button>
      </FormActions>
    </div>
  )
}
