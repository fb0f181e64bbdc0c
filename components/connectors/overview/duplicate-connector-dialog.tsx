'use client'

import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { duplicateConnectorAction } from '@/lib/imports/preset-actions'

/** Asks for the version label of the copy. */
export function DuplicateConnectorDialog({ connectorId, name }: { connectorId: string; name: string }) {
  return (
    <Dialog
      title={`Duplicate ${name}`}
      description="Copies the details, variables, authentication methods, endpoints and which methods each endpoint accepts. Instances, and values set for all instances of a method, are not copied."
      trigger={
        <Button size="sm" aria-label={`Duplicate ${name}`}>
          Duplicate
        </Button>
      }
    >
      <ActionForm action={duplicateConnectorAction} guard={false} aria-label={`Duplicate ${name}`}>
        <input type="hidden" name="connectorId" value={connectorId} />
        <TextField
          name="versionLabel"
          label="New version label"
          required
          autoFocus
          autoComplete="off"
          maxLength={40}
          placeholder="v2"
        />
        <FormActions>
          <SubmitButton>Duplicate connector</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  )
}
