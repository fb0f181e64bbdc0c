'use client'

import type { ReactElement } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Dialog } from '@/components/ui/dialog'
import { cloneEndpointAction } from '@/lib/endpoints/actions'

type CloneEndpointDialogProps = { endpointId: string; name: string; trigger: ReactElement }

/** Asks for the copy's name. */
export function CloneEndpointDialog({ endpointId, name, trigger }: CloneEndpointDialogProps) {
  return (
    <Dialog
      title={`Clone ${name}`}
      description="Copies the details, parameters and variables. The copy accepts no authentication method until you switch one on."
      trigger={trigger}
    >
      <ActionForm action={cloneEndpointAction} guard={false} aria-label={`Clone ${name}`}>
        <input type="hidden" name="endpointId" value={endpointId} />
        <TextField
          name="name"
          label="Name of the copy"
          required
          autoFocus
          autoComplete="off"
          maxLength={120}
          defaultValue={`${name.slice(0, 115)} copy`}
        />
        <FormActions>
          <SubmitButton>Clone endpoint</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  )
}
