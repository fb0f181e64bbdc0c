'use client'

import { Plus } from 'lucide-react'
import { directionChoices, directionHelp, httpMethodChoices } from '@/components/endpoints/endpoint-choices'
import { EntityTypeField } from '@/components/endpoints/entity-type-field'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { createEndpointAction } from '@/lib/endpoints/actions'

/** The form behind *Add new endpoint*. */
export function AddEndpointDialog({ connectorId, entityTypes }: { connectorId: string; entityTypes: string[] }) {
  return (
    <Dialog
      title="Add new endpoint"
      description="One operation of the API. It accepts no authentication method until you switch one on."
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          Add new endpoint
        </Button>
      }
    >
      <ActionForm action={createEndpointAction} guard={false} aria-label="Add new endpoint">
        <input type="hidden" name="connectorId" value={connectorId} />
        <TextField
          name="name"
          label="Name"
          required
          autoFocus
          autoComplete="off"
          maxLength={120}
          placeholder="List orders"
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <EntityTypeField suggestions={entityTypes} help="Groups endpoints in lists and in the connection shape." />
          <SelectField
            name="direction"
            label="Direction"
            options={directionChoices}
            defaultValue="receive"
            help={directionHelp}
          />
        </div>
        <div className="grid gap-5 sm:grid-cols-[8rem_1fr]">
          <SelectField name="httpMethod" label="HTTP method" options={httpMethodChoices} defaultValue="GET" />
          <TextField
            name="url"
            label="URL"
            required
            mono
            autoComplete="off"
            spellCheck={false}
            maxLength={2048}
            placeholder="/orders/{{ order_id }}"
            help="Relative to the base URL, or absolute."
          />
        </div>
        <FormActions>
          <SubmitButton>Add endpoint</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  )
}
